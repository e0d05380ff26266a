using System.Runtime.InteropServices;

namespace EdgeAgent.Protocols.OpcUa.Binary;

internal sealed partial class UaBuffer
{
    private const byte ArrayFlag = 0x80;
    private const byte DimensionsFlag = 0x40;

    public void WriteVariant(in Variant value)
    {
        bool isMatrix = value.Dimensions.Length > 1;
        WriteByte((byte)((byte)value.Type | (value.IsArray ? ArrayFlag : 0) | (isMatrix ? DimensionsFlag : 0)));
        if (!value.IsArray)
        {
            WriteScalar(value);
            return;
        }
        WriteElements(value.Elements);
        if (isMatrix)
        {
            WriteBlock(value.Dimensions);
        }
    }

    private void WriteScalar(in Variant value)
    {
        switch (value.Type)
        {
            case BuiltInType.Null: break;
            case BuiltInType.Boolean or BuiltInType.SByte or BuiltInType.Byte: WriteByte((byte)value.Bits); break;
            case BuiltInType.Int16 or BuiltInType.UInt16: WriteUInt16((ushort)value.Bits); break;
            case BuiltInType.Int32 or BuiltInType.UInt32 or BuiltInType.Float or BuiltInType.StatusCode: WriteUInt32((uint)value.Bits); break;
            case BuiltInType.Int64 or BuiltInType.UInt64 or BuiltInType.Double: WriteInt64(value.Bits); break;
            case BuiltInType.DateTime: WriteInt64(UaTime.ToWire(value.Bits)); break;
            case BuiltInType.String or BuiltInType.XmlElement: WriteString((string?)value.Reference); break;
            case BuiltInType.ByteString: WriteByteString((byte[]?)value.Reference); break;
            case BuiltInType.Guid: WriteGuid((Guid)value.Reference!); break;
            case BuiltInType.NodeId: WriteNodeId((NodeId)value.Reference!); break;
            case BuiltInType.ExpandedNodeId: WriteExpandedNodeId((ExpandedNodeId)value.Reference!); break;
            case BuiltInType.QualifiedName: WriteQualifiedName((QualifiedName)value.Reference!); break;
            case BuiltInType.LocalizedText: WriteLocalizedText((LocalizedText)value.Reference!); break;
            case BuiltInType.ExtensionObject: WriteExtensionObject((ExtensionObject?)value.Reference); break;
            case BuiltInType.DataValue: WriteDataValue((DataValue)value.Reference!); break;
            default: WriteDiagnosticInfo((DiagnosticInfo?)value.Reference); break;
        }
    }

    private void WriteElements(Array? elements)
    {
        switch (elements)
        {
            case null: WriteInt32(-1); break;
            case bool[] items: WriteEach(items, static (b, item) => b.WriteBoolean(item)); break;
            // The runtime takes arrays of a signed type for arrays of its unsigned twin, which has the same bytes.
            case byte[] items: WriteBlock<byte>(items); break;
            case ushort[] items: WriteBlock<ushort>(items); break;
            case uint[] items: WriteBlock<uint>(items); break;
            case ulong[] items: WriteBlock<ulong>(items); break;
            case float[] items: WriteBlock<float>(items); break;
            case double[] items: WriteBlock<double>(items); break;
            case string?[] items: WriteEach(items, static (b, item) => b.WriteString(item)); break;
            case DateTime[] items: WriteEach(items, static (b, item) => b.WriteDateTime(item)); break;
            case Guid[] items: WriteEach(items, static (b, item) => b.WriteGuid(item)); break;
            case byte[]?[] items: WriteEach(items, static (b, item) => b.WriteByteString(item)); break;
            case NodeId[] items: WriteEach(items, static (b, item) => b.WriteNodeId(item)); break;
            case ExpandedNodeId[] items: WriteEach(items, static (b, item) => b.WriteExpandedNodeId(item)); break;
            case StatusCode[] items: WriteEach(items, static (b, item) => b.WriteStatusCode(item)); break;
            case QualifiedName[] items: WriteEach(items, static (b, item) => b.WriteQualifiedName(item)); break;
            case LocalizedText[] items: WriteEach(items, static (b, item) => b.WriteLocalizedText(item)); break;
            case ExtensionObject?[] items: WriteEach(items, static (b, item) => b.WriteExtensionObject(item)); break;
            case DataValue[] items: WriteEach(items, static (b, item) => b.WriteDataValue(item)); break;
            case Variant[] items: WriteEach(items, static (b, item) => b.WriteVariant(item)); break;
            case DiagnosticInfo?[] items: WriteEach(items, static (b, item) => b.WriteDiagnosticInfo(item)); break;
            default: throw new ArgumentException($"{elements.GetType().Name} cannot be the value of a variant.", nameof(elements));
        }
    }

    /// <summary>An array element by element; a null array is told apart from an empty one.</summary>
    public void WriteEach<T>(IReadOnlyList<T>? items, Action<UaBuffer, T> write)
    {
        WriteInt32(items?.Count ?? -1);
        for (int i = 0; i < items?.Count; i++)
        {
            write(this, items[i]);
        }
    }

    private void WriteBlock<T>(ReadOnlySpan<T> items)
        where T : unmanaged
    {
        WriteInt32(items.Length);
        WriteRaw(MemoryMarshal.AsBytes(items));
    }
}
