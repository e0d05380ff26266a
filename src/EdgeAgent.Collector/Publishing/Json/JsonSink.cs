using System.Buffers.Text;
using System.Globalization;

namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>A growing buffer of JSON text, used again from message to message.</summary>
internal sealed class JsonSink
{
    private byte[] _bytes = new byte[4096];
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public int Length => _length;

    public void Clear() => _length = 0;

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>A comma, unless what stands before opens an object or a list.</summary>
    public void Separator()
    {
        if (_bytes[_length - 1] is not ((byte)'{' or (byte)'['))
        {
            Raw(","u8);
        }
    }

    public void Number(long value)
    {
        Reserve(20);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out int written);
        _length += written;
    }

    public void Number(ulong value)
    {
        Reserve(20);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out int written);
        _length += written;
    }

    /// <summary>The shortest text that reads back as the same number; JSON has none for NaN and infinities, which are null.</summary>
    public void Number(double value)
    {
        if (!double.IsFinite(value))
        {
            Raw("null"u8);
            return;
        }

        Reserve(32);
        value.TryFormat(_bytes.AsSpan(_length), out int written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>As for a double; 0.1f is written as 0.1 and not as the double nearest to it.</summary>
    public void Number(float value)
    {
        if (!float.IsFinite(value))
        {
            Raw("null"u8);
            return;
        }

        Reserve(32);
        value.TryFormat(_bytes.AsSpan(_length), out int written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>Two or three digits with leading zeros.</summary>
    public void Digits(int value, int count)
    {
        Reserve(count);
        for (int i = count - 1; i >= 0; i--)
        {
            _bytes[_length + i] = (byte)('0' + (value % 10));
            value /= 10;
        }

        _length += count;
    }

    /// <summary>UTF-8 as the inside of a JSON text (RFC 8259 §7): quotes, backslashes and control characters escaped, the rest as it is.</summary>
    public void Escaped(ReadOnlySpan<byte> utf8)
    {
        Reserve(utf8.Length * 6);
        foreach (byte b in utf8)
        {
            if (b >= 0x20 && b != (byte)'"' && b != (byte)'\\')
            {
                _bytes[_length++] = b;
                continue;
            }

            _bytes[_length++] = (byte)'\\';
            byte shorter = b switch
            {
                (byte)'"' => (byte)'"',
                (byte)'\\' => (byte)'\\',
                (byte)'\n' => (byte)'n',
                (byte)'\r' => (byte)'r',
                (byte)'\t' => (byte)'t',
                (byte)'\b' => (byte)'b',
                (byte)'\f' => (byte)'f',
                _ => 0,
            };
            if (shorter != 0)
            {
                _bytes[_length++] = shorter;
                continue;
            }

            "u00"u8.CopyTo(_bytes.AsSpan(_length));
            _bytes[_length + 3] = (byte)('0' + (b >> 4));
            _bytes[_length + 4] = "0123456789abcdef"u8[b & 15];
            _length += 5;
        }
    }

    public void Encoded(ReadOnlySpan<byte> bytes)
    {
        Reserve(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, _bytes.AsSpan(_length), out _, out int written);
        _length += written;
    }

    private void Reserve(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        }
    }
}
