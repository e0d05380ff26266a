namespace EdgeAgent.Protocols.Modbus.Framing;

/// <summary>What a codec found at the beginning of the bytes it was given.</summary>
public enum FrameStatus : byte
{
    /// <summary>A whole frame with a right checksum.</summary>
    Complete,

    /// <summary>The beginning of a frame; more bytes must come.</summary>
    Incomplete,

    /// <summary>Not a frame.</summary>
    Invalid,

    /// <summary>A whole frame with a wrong checksum.</summary>
    BadChecksum,
}
