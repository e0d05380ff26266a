namespace EdgeAgent.Protocols.OpcUa.Transport;

/// <summary>What was found at the start of received bytes.</summary>
internal enum FrameStatus : byte
{
    Incomplete,
    Complete,

    /// <summary>No message of UA-TCP; the connection cannot be read any further.</summary>
    TypeInvalid,

    /// <summary>Larger than the receive buffer that was agreed on, or smaller than its own header.</summary>
    SizeInvalid,
}
