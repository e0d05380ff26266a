using System.Buffers.Text;
using System.Text;

namespace EdgeAgent.Store.Influx.Lines;

/// <summary>A growing buffer of line protocol. Reused, so that formatting allocates nothing in the steady state.</summary>
public sealed class LineBuffer
{
    private readonly List<int> _ends = [];
    private byte[] _bytes = new byte[64 << 10];

    public int Length { get; private set; }

    public int Lines => _ends.Count;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Some of the finished lines. Texts may hold line breaks, so lines cannot be found by looking for them.</summary>
    public ReadOnlyMemory<byte> Slice(int firstLine, int count)
    {
        int start = firstLine == 0 ? 0 : _ends[firstLine - 1];
        return count == 0 ? default : _bytes.AsMemory(start, _ends[firstLine + count - 1] - start);
    }

    public void Clear()
    {
        Length = 0;
        _ends.Clear();
    }

    /// <summary>Room for so many more bytes; call <see cref="Advance"/> with what was used.</summary>
    public Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int bytes) => Length += bytes;

    public LineBuffer Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
        return this;
    }

    /// <summary>A tag set's member, or nothing for an empty value, which line protocol cannot express.</summary>
    public LineBuffer Tag(ReadOnlySpan<byte> name, string value)
    {
        if (value.Length > 0)
        {
            Raw(","u8).Raw(name).Raw("="u8).Raw(TagValue.Escape(value));
        }

        return this;
    }

    public LineBuffer Integer(ReadOnlySpan<byte> field, long value)
    {
        Raw(field).Raw("="u8);
        Number(value);
        return Raw("i"u8);
    }

    public LineBuffer Text(ReadOnlySpan<byte> field, string value) => Text(field, Encoding.UTF8.GetBytes(value));

    public LineBuffer Text(ReadOnlySpan<byte> field, ReadOnlySpan<byte> utf8)
    {
        Raw(field).Raw("=\""u8);
        Span<byte> room = Room(utf8.Length * 2);
        int at = 0;
        foreach (byte b in utf8)
        {
            if (b is (byte)'"' or (byte)'\\')
            {
                room[at++] = (byte)'\\';
            }

            room[at++] = b;
        }

        Length += at;
        return Raw("\""u8);
    }

    public LineBuffer Base64(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value)
    {
        Raw(field).Raw("=\""u8);
        EncodedBytes(value);
        return Raw("\""u8);
    }

    public void EndLine(long nanoseconds)
    {
        Raw(" "u8);
        Number(nanoseconds);
        Raw("\n"u8);
        _ends.Add(Length);
    }

    private void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out int written);
        Length += written;
    }

    private void EncodedBytes(ReadOnlySpan<byte> value)
    {
        System.Buffers.Text.Base64.EncodeToUtf8(value, Room(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(value.Length)), out _, out int written);
        Length += written;
    }
}
