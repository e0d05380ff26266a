namespace EdgeAgent.Protocols.OpcUa.Transport;

/// <summary>Whether more chunks of a message follow; the value is the letter on the wire.</summary>
internal enum ChunkKind : byte
{
    Final = (byte)'F',
    Intermediate = (byte)'C',
    Abort = (byte)'A',
}
