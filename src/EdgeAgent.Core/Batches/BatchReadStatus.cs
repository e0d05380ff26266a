namespace EdgeAgent.Core.Batches;

/// <summary>What reading a batch came to. Only <see cref="Ok"/> leaves usable content.</summary>
public enum BatchReadStatus
{
    Ok,
    /// <summary>Not a batch: cut short, or bytes that do not follow the format.</summary>
    Malformed,
    /// <summary>Written in a format version that this program does not know.</summary>
    UnknownVersion,
    /// <summary>More than <see cref="BatchLimits"/> allows.</summary>
    OverLimit,
    /// <summary>The definition it carries is not the one that its config hash names.</summary>
    DefinitionMismatch,
}
