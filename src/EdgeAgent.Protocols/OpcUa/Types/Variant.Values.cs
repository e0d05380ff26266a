using System.Globalization;

namespace EdgeAgent.Protocols.OpcUa;

public readonly partial struct Variant
{
    /// <summary>The number as a double, whatever its type; false for what is no number. Booleans are 0 and 1.</summary>
    public bool TryGetDouble(out double value)
    {
        value = 0;
        if (IsArray)
        {
            return false;
        }
        switch (Type)
        {
            case BuiltInType.Float:
                value = BitConverter.UInt32BitsToSingle((uint)_bits);
                return true;
            case BuiltInType.Double:
                value = BitConverter.Int64BitsToDouble(_bits);
                return true;
            case BuiltInType.UInt64:
                value = (ulong)_bits;
                return true;
            case >= BuiltInType.Boolean and <= BuiltInType.Int64:
                value = _bits;
                return true;
            default:
                return false;
        }
    }

    /// <summary>The integer, whatever its width; false for what is no integer or does not fit. Booleans are 0 and 1.</summary>
    public bool TryGetInt64(out long value)
    {
        value = _bits;
        return !IsArray && (Type is >= BuiltInType.Boolean and <= BuiltInType.Int64 || (Type == BuiltInType.UInt64 && _bits >= 0));
    }

    /// <summary>The text of a String or XmlElement; null for anything else.</summary>
    public string? AsText() => _reference as string;

    /// <summary>The instant of a DateTime; `default` for anything else.</summary>
    public DateTime AsDateTime() => Type == BuiltInType.DateTime && !IsArray ? new DateTime(_bits, DateTimeKind.Utc) : default;

    /// <summary>The value as an object, for those who do not mind the allocation: tools, tests, rare types.</summary>
    public object? ToObject() => IsArray ? _reference : Type switch
    {
        BuiltInType.Boolean => _bits != 0,
        BuiltInType.SByte => (sbyte)_bits,
        BuiltInType.Byte => (byte)_bits,
        BuiltInType.Int16 => (short)_bits,
        BuiltInType.UInt16 => (ushort)_bits,
        BuiltInType.Int32 => (int)_bits,
        BuiltInType.UInt32 => (uint)_bits,
        BuiltInType.Int64 => _bits,
        BuiltInType.UInt64 => (ulong)_bits,
        BuiltInType.Float => BitConverter.UInt32BitsToSingle((uint)_bits),
        BuiltInType.Double => BitConverter.Int64BitsToDouble(_bits),
        BuiltInType.DateTime => AsDateTime(),
        BuiltInType.StatusCode => new StatusCode((uint)_bits),
        _ => _reference,
    };

    public override string ToString() => IsArray
        ? $"{Type}[{(_dimensions is { } lengths ? string.Join(',', lengths) : Elements?.Length.ToString(CultureInfo.InvariantCulture) ?? "null")}]"
        : Convert.ToString(ToObject(), CultureInfo.InvariantCulture) ?? "null";
}
