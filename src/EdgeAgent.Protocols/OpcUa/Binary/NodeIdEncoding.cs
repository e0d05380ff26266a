namespace EdgeAgent.Protocols.OpcUa.Binary;

/// <summary>The first byte of a node id on the wire (OPC 10000-6 §5.2.2.9).</summary>
internal static class NodeIdEncoding
{
    public const byte TwoByte = 0;
    public const byte FourByte = 1;
    public const byte Numeric = 2;
    public const byte String = 3;
    public const byte Guid = 4;
    public const byte ByteString = 5;
    public const byte ServerIndexFlag = 0x40;
    public const byte NamespaceUriFlag = 0x80;
}
