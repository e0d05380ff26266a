namespace EdgeAgent.Protocols.OpcUa.Binary;

internal ref partial struct UaReader
{
    public NodeId ReadNodeId() => ReadNodeId(ReadByte());

    public ExpandedNodeId ReadExpandedNodeId()
    {
        byte encoding = ReadByte();
        NodeId id = ReadNodeId((byte)(encoding & ~(NodeIdEncoding.NamespaceUriFlag | NodeIdEncoding.ServerIndexFlag)));
        string? uri = (encoding & NodeIdEncoding.NamespaceUriFlag) != 0 ? ReadString() : null;
        uint server = (encoding & NodeIdEncoding.ServerIndexFlag) != 0 ? ReadUInt32() : 0;
        return new ExpandedNodeId(id, uri, server);
    }

    public QualifiedName ReadQualifiedName() => new(ReadUInt16(), ReadString());

    public LocalizedText ReadLocalizedText()
    {
        byte mask = ReadByte();
        if ((mask & ~3) != 0)
        {
            Fail(UaFault.MaskInvalid);
            return default;
        }
        return new LocalizedText((mask & 1) != 0 ? ReadString() : null, (mask & 2) != 0 ? ReadString() : null);
    }

    private NodeId ReadNodeId(byte encoding)
    {
        switch (encoding)
        {
            case NodeIdEncoding.TwoByte:
                return new NodeId(ReadByte());
            case NodeIdEncoding.FourByte:
                byte shortIndex = ReadByte();
                return new NodeId(shortIndex, ReadUInt16());
            case NodeIdEncoding.Numeric:
                ushort index = ReadUInt16();
                return new NodeId(index, ReadUInt32());
            case NodeIdEncoding.String:
                index = ReadUInt16();
                return new NodeId(index, ReadString() ?? "");
            case NodeIdEncoding.Guid:
                index = ReadUInt16();
                return new NodeId(index, ReadGuid());
            case NodeIdEncoding.ByteString:
                index = ReadUInt16();
                return new NodeId(index, ReadByteString() ?? []);
            default:
                Fail(UaFault.NodeIdEncodingInvalid);
                return default;
        }
    }
}
