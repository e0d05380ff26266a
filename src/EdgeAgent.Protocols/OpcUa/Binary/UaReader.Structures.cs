namespace EdgeAgent.Protocols.OpcUa.Binary;

internal ref partial struct UaReader
{
    /// <summary>The head of an extension object and its body where it lies; the reader stands behind it afterwards, whatever its type.</summary>
    public NodeId ReadExtension(out ExtensionEncoding encoding, out ReadOnlySpan<byte> body, out bool hasBody)
    {
        NodeId type = ReadNodeId();
        encoding = (ExtensionEncoding)ReadByte();
        body = default;
        hasBody = false;
        if (encoding > ExtensionEncoding.Xml)
        {
            Fail(UaFault.ExtensionEncodingInvalid);
        }
        else if (encoding != ExtensionEncoding.None)
        {
            hasBody = TryReadByteString(out body);
        }
        return type;
    }

    public ExtensionObject ReadExtensionObject()
    {
        NodeId type = ReadExtension(out ExtensionEncoding encoding, out ReadOnlySpan<byte> body, out bool hasBody);
        return new ExtensionObject(type, encoding, hasBody ? body.ToArray() : null);
    }

    public DataValue ReadDataValue()
    {
        var mask = (DataValueMask)ReadByte();
        if ((mask & ~DataValueMask.All) != 0)
        {
            Fail(UaFault.MaskInvalid);
        }
        if (Fault != UaFault.None || !TryEnter())
        {
            return default;
        }
        Variant value = (mask & DataValueMask.Value) != 0 ? ReadVariant() : default;
        StatusCode status = (mask & DataValueMask.Status) != 0 ? ReadStatusCode() : default;
        DateTime source = (mask & DataValueMask.SourceTimestamp) != 0 ? ReadDateTime() : default;
        ushort sourcePicoseconds = (mask & DataValueMask.SourcePicoseconds) != 0 ? ReadPicoseconds() : default;
        DateTime server = (mask & DataValueMask.ServerTimestamp) != 0 ? ReadDateTime() : default;
        ushort serverPicoseconds = (mask & DataValueMask.ServerPicoseconds) != 0 ? ReadPicoseconds() : default;
        Leave();
        return new DataValue(value, status, source, server, sourcePicoseconds, serverPicoseconds);
    }

    public DiagnosticInfo ReadDiagnosticInfo()
    {
        var mask = (DiagnosticMask)ReadByte();
        if ((mask & ~DiagnosticMask.All) != 0)
        {
            Fail(UaFault.MaskInvalid);
        }
        if (mask == DiagnosticMask.None || Fault != UaFault.None || !TryEnter())
        {
            return DiagnosticInfo.Empty;
        }
        var info = new DiagnosticInfo
        {
            SymbolicId = (mask & DiagnosticMask.SymbolicId) != 0 ? ReadInt32() : null,
            NamespaceUri = (mask & DiagnosticMask.NamespaceUri) != 0 ? ReadInt32() : null,
            Locale = (mask & DiagnosticMask.Locale) != 0 ? ReadInt32() : null,
            LocalizedText = (mask & DiagnosticMask.LocalizedText) != 0 ? ReadInt32() : null,
            AdditionalInfo = (mask & DiagnosticMask.AdditionalInfo) != 0 ? ReadString() : null,
            InnerStatus = (mask & DiagnosticMask.InnerStatus) != 0 ? ReadStatusCode() : null,
            Inner = (mask & DiagnosticMask.Inner) != 0 ? ReadDiagnosticInfo() : null,
        };
        Leave();
        return info;
    }

    // What exceeds a tick counts as the highest allowed number (§5.2.2.17).
    private ushort ReadPicoseconds() => Math.Min(ReadUInt16(), (ushort)9999);
}
