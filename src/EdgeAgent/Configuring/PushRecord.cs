using System.Text.Json.Serialization;

namespace EdgeAgent.Configuring;

/// <summary>Where a configuration for an agent stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PushStage>))]
internal enum PushStage
{
    /// <summary>Sent again and again until the agent answers.</summary>
    Sent,
    /// <summary>In force at the agent, and confirmed to it.</summary>
    Confirming,
    /// <summary>In force for good.</summary>
    Kept,
    Refused,
    /// <summary>The agent took it back by itself.</summary>
    RolledBack,
    /// <summary>No answer came in time.</summary>
    Expired,
}

/// <summary>The newest configuration that was sent to an agent.</summary>
/// <param name="Revision">Higher than that of any push before.</param>
/// <param name="Base">Hash of the configuration that it was made from.</param>
/// <param name="Hash">Hash of what the agent has in force, as it last said; empty before.</param>
/// <param name="Problems">What the agent found wrong.</param>
internal sealed record PushRecord(
    string Site, string Agent, long Revision, PushStage Stage, DateTimeOffset SentAt, DateTimeOffset ExpiresAt, DateTimeOffset? AnsweredAt,
    string By, string Comment, string Base, string Hash, IReadOnlyList<string> Problems)
{
    [JsonIgnore]
    public bool IsOpen => Stage is PushStage.Sent or PushStage.Confirming;
}
