using System.Runtime.InteropServices;

namespace EdgeAgent.Protocols.OpcUa.Binary;

internal ref partial struct UaReader
{
    private const byte ArrayFlag = 0x80;
    private const byte DimensionsFlag = 0x40;

    // Types that later versions may add are read as byte strings (§5.2.2.16).
    private const byte LastReservedType = 31;

    public Variant ReadVariant()
    {
        byte mask = ReadByte();
        var type = (BuiltInType)(mask & 0x3F);
        if ((byte)type > LastReservedType || (type == BuiltInType.Null && mask != 0) || (mask & (ArrayFlag | DimensionsFlag)) == DimensionsFlag)
        {
            Fail(UaFault.VariantTypeInvalid);
        }
        if (mask == 0 || Fault != UaFault.None || !TryEnter())
        {
            return default;
        }
        type = type > BuiltInType.DiagnosticInfo ? BuiltInType.ByteString : type;
        Variant value = (mask & ArrayFlag) == 0 ? ReadScalar(type) : ReadArray(type, (mask & DimensionsFlag) != 0);
        Leave();
        return Fault == UaFault.None ? value : default;
    }

    private Variant ReadScalar(BuiltInType type)
    {
        switch (type)
        {
            case BuiltInType.Boolean: return Variant.From(ReadBoolean());
            case BuiltInType.SByte: return Variant.From((sbyte)ReadByte());
            case BuiltInType.Byte: return Variant.From(ReadByte());
            case BuiltInType.Int16: return Variant.From((short)ReadUInt16());
            case BuiltInType.UInt16: return Variant.From(ReadUInt16());
            case BuiltInType.Int32: return Variant.From(ReadInt32());
            case BuiltInType.UInt32: return Variant.From(ReadUInt32());
            case BuiltInType.Int64 or BuiltInType.UInt64 or BuiltInType.Double: return new Variant(type, ReadInt64());
            case BuiltInType.Float: return new Variant(type, (long)ReadUInt32());
            case BuiltInType.DateTime: return new Variant(type, UaTime.TicksFromWire(ReadInt64()));
            case BuiltInType.StatusCode: return Variant.From(ReadStatusCode());
            case BuiltInType.String or BuiltInType.XmlElement: return new Variant(type, ReadString());
            case BuiltInType.ByteString: return Variant.From(ReadByteString());
            case BuiltInType.Guid: return Variant.From(ReadGuid());
            case BuiltInType.NodeId: return Variant.From(ReadNodeId());
            case BuiltInType.ExpandedNodeId: return Variant.From(ReadExpandedNodeId());
            case BuiltInType.QualifiedName: return Variant.From(ReadQualifiedName());
            case BuiltInType.LocalizedText: return Variant.From(ReadLocalizedText());
            case BuiltInType.ExtensionObject: return Variant.From(ReadExtensionObject());
            case BuiltInType.DataValue: return Variant.From(ReadDataValue());
            case BuiltInType.DiagnosticInfo: return Variant.From(ReadDiagnosticInfo());
            default:
                // A variant holds variants only as elements of an array (§5.1.9).
                Fail(UaFault.VariantInVariant);
                return default;
        }
    }

    private Variant ReadArray(BuiltInType type, bool hasDimensions)
    {
        Array? elements = ReadElements(type);
        int[]? dimensions = hasDimensions && Fault == UaFault.None ? ReadBlock<int>(4) : null;
        if (Fault == UaFault.None && dimensions is { Length: > 0 } && !Variant.AreDimensionsOf(dimensions, elements?.Length ?? 0))
        {
            Fail(UaFault.DimensionsInvalid);
        }
        return new Variant(type, elements, dimensions is { Length: > 1 } ? dimensions : null);
    }

    // The smallest encoding of each type decides how many elements the bytes at hand can hold at most.
    private Array? ReadElements(BuiltInType type) => type switch
    {
        BuiltInType.Boolean => ReadBooleans(),
        BuiltInType.SByte => ReadBlock<sbyte>(1),
        BuiltInType.Byte => ReadBlock<byte>(1),
        BuiltInType.Int16 => ReadBlock<short>(2),
        BuiltInType.UInt16 => ReadBlock<ushort>(2),
        BuiltInType.Int32 => ReadBlock<int>(4),
        BuiltInType.UInt32 => ReadBlock<uint>(4),
        BuiltInType.Int64 => ReadBlock<long>(8),
        BuiltInType.UInt64 => ReadBlock<ulong>(8),
        BuiltInType.Float => ReadBlock<float>(4),
        BuiltInType.Double => ReadBlock<double>(8),
        BuiltInType.String or BuiltInType.XmlElement => ReadEach(4, static (ref UaReader r) => r.ReadString()),
        BuiltInType.DateTime => ReadEach(8, static (ref UaReader r) => r.ReadDateTime()),
        BuiltInType.Guid => ReadEach(16, static (ref UaReader r) => r.ReadGuid()),
        BuiltInType.ByteString => ReadEach(4, static (ref UaReader r) => r.ReadByteString()),
        BuiltInType.NodeId => ReadEach(2, static (ref UaReader r) => r.ReadNodeId()),
        BuiltInType.ExpandedNodeId => ReadEach(2, static (ref UaReader r) => r.ReadExpandedNodeId()),
        BuiltInType.StatusCode => ReadEach(4, static (ref UaReader r) => r.ReadStatusCode()),
        BuiltInType.QualifiedName => ReadEach(6, static (ref UaReader r) => r.ReadQualifiedName()),
        BuiltInType.LocalizedText => ReadEach(1, static (ref UaReader r) => r.ReadLocalizedText()),
        BuiltInType.ExtensionObject => ReadEach(3, static (ref UaReader r) => r.ReadExtensionObject()),
        BuiltInType.DataValue => ReadEach(1, static (ref UaReader r) => r.ReadDataValue()),
        BuiltInType.Variant => ReadEach(1, static (ref UaReader r) => r.ReadVariant()),
        _ => ReadEach(1, static (ref UaReader r) => r.ReadDiagnosticInfo()),
    };

    /// <summary>An array element by element; null when it is null on the wire or faulty.</summary>
    public T[]? ReadEach<T>(int elementBytesMin, ElementReader<T> read)
    {
        int length = ReadArrayLength(elementBytesMin);
        if (length <= 0)
        {
            return length < 0 ? null : [];
        }
        var elements = new T[length];
        for (int i = 0; i < length && Fault == UaFault.None; i++)
        {
            elements[i] = read(ref this);
        }
        return elements;
    }

    // Numbers lie on the wire as they lie in memory: only little-endian machines run .NET where this agent does.
    private T[]? ReadBlock<T>(int elementBytes)
        where T : unmanaged
    {
        int length = ReadArrayLength(elementBytes);
        if (length < 0 || !TryTake(length * elementBytes, out ReadOnlySpan<byte> raw))
        {
            return null;
        }
        var elements = new T[length];
        raw.CopyTo(MemoryMarshal.AsBytes(elements.AsSpan()));
        return elements;
    }

    private bool[]? ReadBooleans()
    {
        byte[]? raw = ReadBlock<byte>(1);
        return raw is null ? null : Array.ConvertAll(raw, static b => b != 0);
    }
}
