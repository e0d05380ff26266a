namespace EdgeAgent.Protocols.OpcUa.Binary;

internal sealed partial class UaBuffer
{
    public void WriteNodeId(NodeId id) => WriteNodeId(id, 0);

    public void WriteExpandedNodeId(ExpandedNodeId id)
    {
        byte flags = (byte)((id.NamespaceUri is null ? 0 : NodeIdEncoding.NamespaceUriFlag) | (id.ServerIndex == 0 ? 0 : NodeIdEncoding.ServerIndexFlag));
        WriteNodeId(id.NodeId, flags);
        if (id.NamespaceUri is not null)
        {
            WriteString(id.NamespaceUri);
        }
        if (id.ServerIndex != 0)
        {
            WriteUInt32(id.ServerIndex);
        }
    }

    public void WriteQualifiedName(QualifiedName name)
    {
        WriteUInt16(name.NamespaceIndex);
        WriteString(name.Name);
    }

    public void WriteLocalizedText(LocalizedText text)
    {
        WriteByte((byte)((text.Locale is null ? 0 : 1) | (text.Text is null ? 0 : 2)));
        if (text.Locale is not null)
        {
            WriteString(text.Locale);
        }
        if (text.Text is not null)
        {
            WriteString(text.Text);
        }
    }

    private void WriteNodeId(NodeId id, byte flags)
    {
        switch (id.Kind)
        {
            case NodeIdKind.String:
                WriteHead(NodeIdEncoding.String, flags, id.NamespaceIndex);
                WriteString(id.Text);
                break;
            case NodeIdKind.Guid:
                WriteHead(NodeIdEncoding.Guid, flags, id.NamespaceIndex);
                WriteGuid(id.Guid);
                break;
            case NodeIdKind.Opaque:
                WriteHead(NodeIdEncoding.ByteString, flags, id.NamespaceIndex);
                WriteByteString(id.Opaque.Span);
                break;
            case NodeIdKind.Numeric when id.NamespaceIndex == 0 && id.Number <= byte.MaxValue:
                WriteByte((byte)(NodeIdEncoding.TwoByte | flags));
                WriteByte((byte)id.Number);
                break;
            case NodeIdKind.Numeric when id.NamespaceIndex <= byte.MaxValue && id.Number <= ushort.MaxValue:
                WriteByte((byte)(NodeIdEncoding.FourByte | flags));
                WriteByte((byte)id.NamespaceIndex);
                WriteUInt16((ushort)id.Number);
                break;
            default:
                WriteHead(NodeIdEncoding.Numeric, flags, id.NamespaceIndex);
                WriteUInt32(id.Number);
                break;
        }
    }

    private void WriteHead(byte encoding, byte flags, ushort namespaceIndex)
    {
        WriteByte((byte)(encoding | flags));
        WriteUInt16(namespaceIndex);
    }
}
