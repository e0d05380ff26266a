using System.Globalization;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.OpcUa;

namespace EdgeAgent.Collector.Drivers.OpcUa.Values;


/// <summary>Makes readings out of data values: status bit-exact, the source's time, the value as the tag's kind.</summary>
internal static class ValueConversion
{
    /// <summary>Adds exactly one reading.</summary>
    /// <param name="nowTicks">Stands for the time of a value whose source gives none.</param>
    public static void Add(ReadingBatch into, OpcUaTag tag, in DataValue value, long nowTicks)
    {
        var quality = new Quality(value.Status.Value);
        long ticks = value.SourceTimestamp != default ? TicksOf(value.SourceTimestamp) : value.ServerTimestamp != default ? TicksOf(value.ServerTimestamp) : nowTicks;
        // The reserved severity is bad, too.
        if (value.Status.IsBad)
        {
            into.Add(Reading.Failed(tag.Id, quality, ticks));
            return;
        }
        Variant scalar = value.Value;
        if (scalar.IsArray && !TryElement(scalar, out scalar))
        {
            scalar = default;
        }
        if (!TryAdd(into, tag, quality, ticks, scalar))
        {
            // There is something, and it is no value that a tag can have: a structure, a whole array, nothing.
            bool isOtherKind = scalar.Type != BuiltInType.Null && scalar.Type != BuiltInType.ExtensionObject;
            into.Add(Reading.Failed(tag.Id, isOtherKind ? Quality.BadTypeMismatch : Quality.Uncertain, ticks));
        }
    }

    public static long TicksOf(DateTime instant) => instant.Ticks - DateTime.UnixEpoch.Ticks;

    private static bool TryAdd(ReadingBatch into, OpcUaTag tag, Quality quality, long ticks, in Variant value)
    {
        switch (tag.Kind)
        {
            case ValueKind.Float64 when value.TryGetDouble(out double number):
                into.Add(Reading.Float64(tag.Id, quality, ticks, number));
                return true;
            case ValueKind.Float32 when value.TryGetDouble(out double number):
                into.Add(Reading.Float32(tag.Id, quality, ticks, (float)number));
                return true;
            case ValueKind.Int64 when TryInteger(value, out long integer):
                into.Add(Reading.Int64(tag.Id, quality, ticks, integer));
                return true;
            case ValueKind.UInt64 when value.Type == BuiltInType.UInt64 && value.ToObject() is ulong large:
                into.Add(Reading.UInt64(tag.Id, quality, ticks, large));
                return true;
            case ValueKind.UInt64 when TryInteger(value, out long integer) && integer >= 0:
                into.Add(Reading.UInt64(tag.Id, quality, ticks, (ulong)integer));
                return true;
            case ValueKind.Boolean when value.TryGetDouble(out double number):
                into.Add(Reading.Boolean(tag.Id, quality, ticks, number != 0));
                return true;
            case ValueKind.Text when TextOf(value) is { } text:
                into.AddText(tag.Id, quality, ticks, text);
                return true;
            case ValueKind.Bytes when value.Type == BuiltInType.ByteString && value.ToObject() is byte[] bytes:
                into.AddBytes(tag.Id, quality, ticks, ValueKind.Bytes, bytes);
                return true;
            default:
                return false;
        }
    }

    // A float that holds a whole number is one; anything else would be cut.
    private static bool TryInteger(in Variant value, out long integer)
    {
        if (value.TryGetInt64(out integer))
        {
            return true;
        }
        bool isWhole = value.Type is BuiltInType.Float or BuiltInType.Double && value.TryGetDouble(out double number)
            && number == Math.Truncate(number) && Math.Abs(number) < 9.2e18 && Assign((long)number, out integer);
        return isWhole;
    }

    private static bool Assign(long value, out long integer)
    {
        integer = value;
        return true;
    }

    private static string? TextOf(in Variant value) => value.Type switch
    {
        BuiltInType.Null or BuiltInType.ExtensionObject or BuiltInType.DataValue or BuiltInType.DiagnosticInfo => null,
        BuiltInType.DateTime => value.AsDateTime().ToString("O", CultureInfo.InvariantCulture),
        BuiltInType.LocalizedText => ((LocalizedText)value.ToObject()!).Text ?? "",
        BuiltInType.QualifiedName => ((QualifiedName)value.ToObject()!).Name ?? "",
        BuiltInType.ByteString => Convert.ToHexString(value.ToObject() as byte[] ?? []),
        _ => value.IsNull ? null : Convert.ToString(value.ToObject(), CultureInfo.InvariantCulture),
    };

    // An index range of one element brings an array of one.
    private static bool TryElement(in Variant value, out Variant element)
    {
        element = value.Elements switch
        {
            double[] { Length: 1 } items => Variant.From(items[0]),
            float[] { Length: 1 } items => Variant.From(items[0]),
            bool[] { Length: 1 } items => Variant.From(items[0]),
            string?[] { Length: 1 } items => Variant.From(items[0]),
            DateTime[] { Length: 1 } items => Variant.From(items[0]),
            Variant[] { Length: 1 } items => items[0],
            { Length: 1 } items => OfBoxed(items.GetValue(0)),
            _ => default,
        };
        return element.Type != BuiltInType.Null;
    }

    private static Variant OfBoxed(object? item) => item switch
    {
        sbyte number => Variant.From(number),
        byte number => Variant.From(number),
        short number => Variant.From(number),
        ushort number => Variant.From(number),
        int number => Variant.From(number),
        uint number => Variant.From(number),
        long number => Variant.From(number),
        ulong number => Variant.From(number),
        LocalizedText text => Variant.From(text),
        QualifiedName name => Variant.From(name),
        Guid guid => Variant.From(guid),
        byte[] bytes => Variant.From(bytes),
        _ => default,
    };
}
