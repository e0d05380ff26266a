using EdgeAgent.Core.Model;
using Pb = EdgeAgent.Wire.V1;

namespace EdgeAgent.Core.Tests.Batches;

/// <summary>Values as FORMAT.md describes them, read from the generated classes in the plainest way: a second opinion on the codec.</summary>
internal sealed class PlainDecoder(Pb.BatchContent content, int[] tags, ValueKind[] kinds)
{
    private readonly Dictionary<int, (ValueKind Kind, ulong Bits, int Form, long Number)> _before = [];
    private readonly Dictionary<ValueKind, int> _next = [];
    private readonly Dictionary<ValueKind, int> _nextNumber = [];
    private readonly Dictionary<ValueKind, int> _nextRaw = [];

    /// <summary>The bits of every value that is not text or bytes.</summary>
    public ulong[] Decode()
    {
        ulong[] bits = new ulong[tags.Length];
        for (int i = 0; i < tags.Length; i++)
        {
            bool has = _before.TryGetValue(tags[i], out var before) && before.Kind == kinds[i];
            int form = -1;
            long number = 0;
            int at = Take(_next, kinds[i]);
            bits[i] = kinds[i] switch
            {
                ValueKind.Boolean => (ulong)(content.Boolean[at / 8] >> (at % 8)) & 1,
                ValueKind.Int64 => unchecked((ulong)content.Int64[at] + (has ? before.Bits : 0)),
                ValueKind.UInt64 => unchecked((ulong)content.Uint64[at] + (has ? before.Bits : 0)),
                ValueKind.Float32 => Float(content.Float32, 4, kinds[i], at, has, before.Bits, before.Form, before.Number, out form, out number),
                ValueKind.Float64 => Float(content.Float64, 8, kinds[i], at, has, before.Bits, before.Form, before.Number, out form, out number),
                _ => 0,
            };
            _before[tags[i]] = (kinds[i], bits[i], form, number);
        }

        return bits;
    }

    private ulong Float(
        Pb.FloatColumn column, int width, ValueKind kind, int at, bool has, ulong beforeBits, int beforeForm, long beforeNumber, out int form, out long number)
    {
        form = column.Form.Length == 0 ? 20 : column.Form[at];
        number = 0;
        if (form == 20)
        {
            int count = column.Raw.Length / width;
            int row = Take(_nextRaw, kind);
            ulong bits = 0;
            for (int plane = 0; plane < width; plane++)
            {
                bits = (bits << 8) | column.Raw[(plane * count) + row];
            }

            return bits ^ (has ? beforeBits : 0);
        }

        number = column.Number[Take(_nextNumber, kind)] + (has && beforeForm == form ? beforeNumber : 0);
        string power = (form % 2 == 0 ? "1e" : "1e-") + (form / 2);
        double factor = double.Parse(power, System.Globalization.CultureInfo.InvariantCulture);
        float single = float.Parse(power, System.Globalization.CultureInfo.InvariantCulture);
        return (kind, form % 2) switch
        {
            (ValueKind.Float32, 0) => BitConverter.SingleToUInt32Bits((float)(number / factor)),
            (ValueKind.Float32, _) => BitConverter.SingleToUInt32Bits(number * single),
            (_, 0) => BitConverter.DoubleToUInt64Bits(number / factor),
            _ => BitConverter.DoubleToUInt64Bits(number * factor),
        };
    }

    private static int Take(Dictionary<ValueKind, int> next, ValueKind kind) => next[kind] = next.GetValueOrDefault(kind, -1) + 1;
}
