using EdgeAgent.Core.Batches.Wire;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Batches;

/// <summary>Writes and reads a column of floats (message <c>FloatColumn</c>): decimals as whole numbers, the rest as bits.</summary>
internal sealed class FloatColumn
{
    private const int FormField = 1;
    private const int NumberField = 2;
    private const int RawField = 3;

    /// <summary>The form of a value that is sent as bits.</summary>
    private const byte RawForm = DecimalFloat.Forms;

    /// <summary>Values looked at to see which rule the column's values follow.</summary>
    private const int SampleMax = 64;

    private readonly ByteSink _numbersOut = new();
    private readonly ByteSink _rawOut = new();
    private readonly ByteSink _message = new();
    private byte[] _forms = [];
    private long[] _numbers = [];
    private ulong[] _raw = [];

    public void Write(ValueKind kind, int field, ReadOnlySpan<Reading> readings, ColumnIndex index, ByteSink into)
    {
        ReadOnlySpan<int> rows = index.Rows(kind);
        if (rows.IsEmpty)
        {
            return;
        }

        Reserve(rows.Length);
        int raw = WriteNumbers(kind == ValueKind.Float32, readings, rows, index.Before(kind));
        WriteRaw(Width(kind), raw);
        _message.Clear();
        // All in bits is the default.
        _message.WriteBytesField(FormField, raw == rows.Length ? default : _forms.AsSpan(0, rows.Length));
        _message.WriteBytesField(NumberField, _numbersOut.Written);
        _message.WriteBytesField(RawField, _rawOut.Written);
        into.WriteBytesField(field, _message.Written);
    }

    public bool TryRead(ValueKind kind, ReadOnlySpan<byte> message, Span<Reading> readings, ColumnIndex index)
    {
        ReadOnlySpan<int> rows = index.Rows(kind);
        ReadOnlySpan<byte> forms = default, numbers = default, raw = default;
        var reader = new WireReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type))
            {
                return false;
            }

            bool read = field switch
            {
                FormField => type == WireType.Bytes && reader.TryReadBytes(out forms),
                NumberField => type == WireType.Bytes && reader.TryReadBytes(out numbers),
                RawField => type == WireType.Bytes && reader.TryReadBytes(out raw),
                _ => reader.TrySkip(type),
            };
            if (!read)
            {
                return false;
            }
        }

        Reserve(rows.Length);
        if (forms.IsEmpty)
        {
            _forms.AsSpan(0, rows.Length).Fill(RawForm);
        }
        else if (forms.Length != rows.Length)
        {
            return false;
        }
        else
        {
            forms.CopyTo(_forms);
        }

        return TryValues(kind, numbers, raw, readings, index);
    }

    /// <summary>Writes the decimals and gathers the rest; returns how many those are.</summary>
    private int WriteNumbers(bool single, ReadOnlySpan<Reading> readings, ReadOnlySpan<int> rows, ReadOnlySpan<int> before)
    {
        int rule = PreferredRule(single, readings, rows);
        int raw = 0;
        _numbersOut.Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            ulong bits = readings[rows[i]].Bits;
            int last = before[i];
            int lastForm = last >= 0 ? _forms[last] : RawForm;
            int form = FindForm(single, bits, lastForm, rule, out long number);
            _forms[i] = (byte)form;
            _numbers[i] = number;
            if (form == RawForm)
            {
                _raw[raw++] = bits ^ (last >= 0 ? readings[rows[last]].Bits : 0);
            }
            else
            {
                _numbersOut.WriteZigZag(number - (form == lastForm ? _numbers[last] : 0));
            }
        }

        return raw;
    }

    /// <summary>The form of the tag's value before when it fits again, so that differences stay small; else the one with the fewest decimals.</summary>
    private static int FindForm(bool single, ulong bits, int lastForm, int rule, out long number)
    {
        double value = DecimalFloat.ToDouble(single, bits);
        if (lastForm != RawForm && DecimalFloat.TryToNumber(single, lastForm, value, bits, out number))
        {
            return lastForm;
        }

        for (int form = rule; form < DecimalFloat.Forms; form += 2)
        {
            if (DecimalFloat.TryToNumber(single, form, value, bits, out number)
                || DecimalFloat.TryToNumber(single, form ^ 1, value, bits, out number) && (form ^= 1) >= 0)
            {
                return form;
            }
        }

        number = 0;
        return RawForm;
    }

    /// <summary>Many values fit both rules; trying the one first that fits more keeps the forms alike, and alike compresses well.</summary>
    private static int PreferredRule(bool single, ReadOnlySpan<Reading> readings, ReadOnlySpan<int> rows)
    {
        int step = Math.Max(1, rows.Length / SampleMax);
        int divide = 0, multiply = 0;
        for (int i = 0; i < rows.Length; i += step)
        {
            ulong bits = readings[rows[i]].Bits;
            double value = DecimalFloat.ToDouble(single, bits);
            // Three decimals are enough to tell.
            const int form = 6;
            divide += DecimalFloat.TryToNumber(single, form, value, bits, out _) ? 1 : 0;
            multiply += DecimalFloat.TryToNumber(single, form + 1, value, bits, out _) ? 1 : 0;
        }

        return multiply > divide ? 1 : 0;
    }

    /// <summary>Byte planes, the highest first: what is alike in neighbouring floats (sign, exponent) lies together.</summary>
    private void WriteRaw(int width, int count)
    {
        _rawOut.Clear();
        Span<byte> space = _rawOut.Reserve(count * width);
        for (int plane = 0; plane < width; plane++)
        {
            int shift = 8 * (width - 1 - plane);
            Span<byte> bytes = space.Slice(plane * count, count);
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)(_raw[i] >> shift);
            }
        }

        _rawOut.Advance(count * width);
    }

    private bool TryValues(ValueKind kind, ReadOnlySpan<byte> numbers, ReadOnlySpan<byte> raw, Span<Reading> readings, ColumnIndex index)
    {
        ReadOnlySpan<int> rows = index.Rows(kind);
        ReadOnlySpan<int> before = index.Before(kind);
        ReadOnlySpan<byte> forms = _forms.AsSpan(0, rows.Length);
        bool single = kind == ValueKind.Float32;
        int width = Width(kind);
        int rawCount = forms.Count(RawForm);
        if (raw.Length != rawCount * (long)width)
        {
            return false;
        }

        var deltas = new WireReader(numbers);
        int rawAt = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int form = forms[i];
            int last = before[i];
            ulong bits = 0;
            if (form < RawForm)
            {
                if (!deltas.TryReadVarint(out ulong delta))
                {
                    return false;
                }

                _numbers[i] = unchecked((last >= 0 && forms[last] == form ? _numbers[last] : 0) + ZigZag.Decode(delta));
                bits = DecimalFloat.ToBits(single, form, _numbers[i]);
            }
            else if (form == RawForm)
            {
                for (int plane = 0; plane < width; plane++)
                {
                    bits = (bits << 8) | raw[(plane * rawCount) + rawAt];
                }

                rawAt++;
                bits ^= last >= 0 ? readings[rows[last]].Bits : 0;
            }
            else
            {
                return false;
            }

            ref Reading reading = ref readings[rows[i]];
            reading = reading with { Bits = bits };
        }

        return deltas.AtEnd;
    }

    private void Reserve(int count)
    {
        if (_numbers.Length < count)
        {
            int capacity = Math.Max(256, count);
            _numbers = new long[capacity];
            _forms = new byte[capacity];
            _raw = new ulong[capacity];
        }
    }

    private static int Width(ValueKind kind) => kind == ValueKind.Float32 ? 4 : 8;
}
