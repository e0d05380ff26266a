using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Configuring;

/// <summary>How an attempt to bring a configuration into force ended.</summary>
internal enum ApplyStatus
{
    /// <summary>In force.</summary>
    Applied,
    /// <summary>It is what runs already.</summary>
    Same,
    /// <summary>Somebody changed the file in the meantime.</summary>
    Conflict,
    /// <summary>It has errors; nothing was written.</summary>
    Invalid,
    /// <summary>It could not be written, or not be taken over; the one before is in force.</summary>
    Failed,
}

/// <param name="Hash">Of what is in force now.</param>
/// <param name="Entry">Its place in the history; null when nothing was written, or when it could not be kept there.</param>
internal sealed record ApplyResult(ApplyStatus Status, string Hash, ConfigErrors? Errors, ReloadReport? Reload, HistoryEntry? Entry, string? Problem);
