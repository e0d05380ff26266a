namespace EdgeAgent.Protocols.OpcUa.Transport;

/// <summary>What a further chunk made of a message.</summary>
internal enum AssemblyStatus : byte
{
    /// <summary>More chunks must follow.</summary>
    Incomplete,

    /// <summary>The message is there.</summary>
    Complete,

    /// <summary>The sender gave the message up and said why.</summary>
    Aborted,

    /// <summary>The last chunk has come of a message that went beyond a limit and was not kept; the connection can go on.</summary>
    TooLarge,

    /// <summary>A chunk of another message came in between, or an abort that cannot be read: the connection cannot go on.</summary>
    Invalid,
}
