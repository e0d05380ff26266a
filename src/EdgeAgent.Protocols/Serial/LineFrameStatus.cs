namespace EdgeAgent.Protocols.Serial;

/// <summary>What a codec of a serial protocol found in the bytes it was given.</summary>
public enum LineFrameStatus : byte
{
    /// <summary>Nothing, or the beginning of a frame: more bytes must come.</summary>
    Incomplete,

    /// <summary>A whole frame with a right checksum.</summary>
    Complete,

    /// <summary>A whole frame with a wrong checksum.</summary>
    BadChecksum,
}
