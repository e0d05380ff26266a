namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>How a message's number stands to the expected one.</summary>
internal enum SequenceOrder
{
    Expected,

    /// <summary>Messages before it are missing.</summary>
    Ahead,

    /// <summary>It came before.</summary>
    Behind,
}
