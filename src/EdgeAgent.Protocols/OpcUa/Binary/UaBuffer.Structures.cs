namespace EdgeAgent.Protocols.OpcUa.Binary;

internal sealed partial class UaBuffer
{
    public void WriteExtensionObject(ExtensionObject? value)
    {
        WriteNodeId(value?.TypeId ?? default);
        WriteByte((byte)(value?.Encoding ?? ExtensionEncoding.None));
        if (value is not null && value.Encoding != ExtensionEncoding.None)
        {
            WriteByteString(value.Body);
        }
    }

    /// <summary>Begins an extension object with a binary body; <see cref="EndExtension"/> fills in its length.</summary>
    public int BeginExtension(NodeId typeId)
    {
        WriteNodeId(typeId);
        WriteByte((byte)ExtensionEncoding.Binary);
        WriteInt32(0);
        return Length;
    }

    public void EndExtension(int start) => PatchUInt32(start - 4, (uint)(Length - start));

    public void WriteDataValue(in DataValue value)
    {
        DataValueMask mask = (value.Value.Type == BuiltInType.Null ? 0 : DataValueMask.Value)
            | (value.Status.Value == 0 ? 0 : DataValueMask.Status)
            | (value.SourceTimestamp == default ? 0 : DataValueMask.SourceTimestamp)
            | (value.SourcePicoseconds == 0 ? 0 : DataValueMask.SourcePicoseconds)
            | (value.ServerTimestamp == default ? 0 : DataValueMask.ServerTimestamp)
            | (value.ServerPicoseconds == 0 ? 0 : DataValueMask.ServerPicoseconds);
        WriteByte((byte)mask);
        if ((mask & DataValueMask.Value) != 0)
        {
            WriteVariant(value.Value);
        }
        if ((mask & DataValueMask.Status) != 0)
        {
            WriteStatusCode(value.Status);
        }
        if ((mask & DataValueMask.SourceTimestamp) != 0)
        {
            WriteDateTime(value.SourceTimestamp);
        }
        if ((mask & DataValueMask.SourcePicoseconds) != 0)
        {
            WriteUInt16(value.SourcePicoseconds);
        }
        if ((mask & DataValueMask.ServerTimestamp) != 0)
        {
            WriteDateTime(value.ServerTimestamp);
        }
        if ((mask & DataValueMask.ServerPicoseconds) != 0)
        {
            WriteUInt16(value.ServerPicoseconds);
        }
    }

    public void WriteDiagnosticInfo(DiagnosticInfo? info)
    {
        info ??= DiagnosticInfo.Empty;
        DiagnosticMask mask = (info.SymbolicId is null ? 0 : DiagnosticMask.SymbolicId)
            | (info.NamespaceUri is null ? 0 : DiagnosticMask.NamespaceUri)
            | (info.Locale is null ? 0 : DiagnosticMask.Locale)
            | (info.LocalizedText is null ? 0 : DiagnosticMask.LocalizedText)
            | (info.AdditionalInfo is null ? 0 : DiagnosticMask.AdditionalInfo)
            | (info.InnerStatus is null ? 0 : DiagnosticMask.InnerStatus)
            | (info.Inner is null ? 0 : DiagnosticMask.Inner);
        WriteByte((byte)mask);
        WriteIndex(info.SymbolicId);
        WriteIndex(info.NamespaceUri);
        WriteIndex(info.Locale);
        WriteIndex(info.LocalizedText);
        if (info.AdditionalInfo is not null)
        {
            WriteString(info.AdditionalInfo);
        }
        if (info.InnerStatus is { } status)
        {
            WriteStatusCode(status);
        }
        if (info.Inner is not null)
        {
            WriteDiagnosticInfo(info.Inner);
        }
    }

    private void WriteIndex(int? index)
    {
        if (index is { } value)
        {
            WriteInt32(value);
        }
    }
}
