namespace EdgeAgent.Protocols.OpcUa;

public readonly partial struct Variant
{
    public static Variant From(bool value) => new(BuiltInType.Boolean, value ? 1 : 0);

    public static Variant From(sbyte value) => new(BuiltInType.SByte, (long)value);

    public static Variant From(byte value) => new(BuiltInType.Byte, (long)value);

    public static Variant From(short value) => new(BuiltInType.Int16, (long)value);

    public static Variant From(ushort value) => new(BuiltInType.UInt16, (long)value);

    public static Variant From(int value) => new(BuiltInType.Int32, (long)value);

    public static Variant From(uint value) => new(BuiltInType.UInt32, (long)value);

    public static Variant From(long value) => new(BuiltInType.Int64, value);

    public static Variant From(ulong value) => new(BuiltInType.UInt64, (long)value);

    public static Variant From(float value) => new(BuiltInType.Float, (long)BitConverter.SingleToUInt32Bits(value));

    public static Variant From(double value) => new(BuiltInType.Double, BitConverter.DoubleToInt64Bits(value));

    public static Variant From(DateTime value) => new(BuiltInType.DateTime, value.ToUniversalTime().Ticks);

    public static Variant From(StatusCode value) => new(BuiltInType.StatusCode, (long)value.Value);

    public static Variant From(string? value) => new(BuiltInType.String, value);

    public static Variant FromXml(string? value) => new(BuiltInType.XmlElement, value);

    public static Variant From(Guid value) => new(BuiltInType.Guid, (object)value);

    /// <summary>A byte string (an array of the type Byte is made by <see cref="FromArray{T}"/>).</summary>
    public static Variant From(byte[]? value) => new(BuiltInType.ByteString, (object?)value);

    public static Variant From(NodeId value) => new(BuiltInType.NodeId, (object)value);

    public static Variant From(ExpandedNodeId value) => new(BuiltInType.ExpandedNodeId, (object)value);

    public static Variant From(QualifiedName value) => new(BuiltInType.QualifiedName, (object)value);

    public static Variant From(LocalizedText value) => new(BuiltInType.LocalizedText, (object)value);

    public static Variant From(ExtensionObject? value) => new(BuiltInType.ExtensionObject, value);

    public static Variant From(DataValue value) => new(BuiltInType.DataValue, (object)value);

    public static Variant From(DiagnosticInfo? value) => new(BuiltInType.DiagnosticInfo, value);

    /// <summary>An array, or with dimensions a matrix, of one of the .NET types that stand for built-in types.</summary>
    /// <exception cref="ArgumentException">The type stands for none, or the dimensions do not multiply to the number of elements.</exception>
    public static Variant FromArray<T>(T[]? elements, params ReadOnlySpan<int> dimensions)
    {
        BuiltInType type = BuiltInTypes.Of(typeof(T));
        if (type == BuiltInType.Null || (dimensions.Length > 0 && !AreDimensionsOf(dimensions, elements?.Length ?? 0)))
        {
            throw new ArgumentException($"{typeof(T).Name}[{elements?.Length}] cannot be a value with {dimensions.Length} dimensions.", nameof(elements));
        }
        return new(type, elements, dimensions.Length > 1 ? dimensions.ToArray() : null);
    }

    internal static bool AreDimensionsOf(ReadOnlySpan<int> dimensions, int count)
    {
        long product = 1;
        foreach (int length in dimensions)
        {
            if (length < 0 || product > int.MaxValue)
            {
                return false;
            }
            // Two factors below 2^31 cannot overflow.
            product *= length;
        }
        return product == count;
    }
}
