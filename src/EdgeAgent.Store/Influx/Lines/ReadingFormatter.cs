using System.Buffers.Text;
using System.Globalization;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Influx.Lines;

/// <summary>Writes readings as points of measurement <c>reading</c>, one field for each kind of value, without allocating.</summary>
public static class ReadingFormatter
{
    /// <summary>Longest text field that InfluxDB takes.</summary>
    public const int TextBytesMax = 65_536;

    /// <summary>Names of fields, quality, provenance, number and time: what a point takes beyond its key and its text.</summary>
    private const int FixedBytes = 128;

    /// <summary>Measurement and tags of a series, as its points begin.</summary>
    public static byte[] Key(SeriesKey series)
    {
        var key = new LineBuffer();
        key.Raw("reading"u8).Tag("agent"u8, series.Agent).Tag("device"u8, series.Device).Tag("site"u8, series.Site).Tag("tag"u8, series.Tag).Raw(" "u8);
        return key.Written.ToArray();
    }

    /// <summary>Writes one point. False when the value has no form in InfluxDB (NaN, infinity, overlong text): then only the quality is written.</summary>
    /// <param name="nanoseconds">The reading's source time.</param>
    public static bool Write(LineBuffer lines, ReadOnlySpan<byte> key, in Reading reading, ReadOnlySpan<byte> bytes, Provenance provenance, long nanoseconds)
    {
        bool whole = true;
        Span<byte> room = lines.Room(key.Length + FixedBytes);
        key.CopyTo(room);
        int at = key.Length;
        switch (reading.Kind)
        {
            case ValueKind.Float64:
                whole = Float(room, ref at, reading.AsFloat64);
                break;
            case ValueKind.Float32:
                whole = Float(room, ref at, reading.AsFloat32);
                break;
            case ValueKind.Int64:
                Put(room, ref at, "i="u8);
                Number(room, ref at, reading.AsInt64);
                Put(room, ref at, "i,"u8);
                break;
            case ValueKind.UInt64:
                Unsigned(room, ref at, reading.Bits);
                break;
            case ValueKind.Boolean:
                Put(room, ref at, reading.AsBoolean ? "b=t,"u8 : "b=f,"u8);
                break;
            case ValueKind.Text or ValueKind.Bytes:
                whole = bytes.Length <= (reading.Kind == ValueKind.Text ? TextBytesMax : TextBytesMax / 4 * 3);
                if (whole)
                {
                    lines.Advance(at);
                    _ = reading.Kind == ValueKind.Text ? lines.Text("s"u8, bytes) : lines.Base64("x"u8, bytes);
                    lines.Raw(","u8);
                    room = lines.Room(FixedBytes);
                    at = 0;
                }

                break;
        }

        Put(room, ref at, "q="u8);
        Number(room, ref at, reading.Quality.Code);
        if (provenance == Provenance.Live)
        {
            Put(room, ref at, "i"u8);
        }
        else
        {
            Put(room, ref at, "i,p="u8);
            Number(room, ref at, (long)provenance);
            Put(room, ref at, "i"u8);
        }

        lines.Advance(at);
        lines.EndLine(nanoseconds);
        return whole;
    }

    private static bool Float(Span<byte> room, ref int at, double value)
    {
        if (!double.IsFinite(value))
        {
            return false;
        }

        Put(room, ref at, "value="u8);
        // Shortest text that reads back as the same number.
        value.TryFormat(room[at..], out int written, default, CultureInfo.InvariantCulture);
        at += written;
        Put(room, ref at, ","u8);
        return true;
    }

    /// <summary>As <see cref="Float(Span{byte}, ref int, double)"/>; 0.1f is written as 0.1 and not as the double nearest to it.</summary>
    private static bool Float(Span<byte> room, ref int at, float value)
    {
        if (!float.IsFinite(value))
        {
            return false;
        }

        Put(room, ref at, "value="u8);
        value.TryFormat(room[at..], out int written, default, CultureInfo.InvariantCulture);
        at += written;
        Put(room, ref at, ","u8);
        return true;
    }

    /// <summary>InfluxDB 1.x has no unsigned integers: what does not fit a signed one is written as text, exactly.</summary>
    private static void Unsigned(Span<byte> room, ref int at, ulong value)
    {
        bool fits = value <= long.MaxValue;
        Put(room, ref at, fits ? "i="u8 : "u=\""u8);
        Utf8Formatter.TryFormat(value, room[at..], out int written);
        at += written;
        Put(room, ref at, fits ? "i,"u8 : "\","u8);
    }

    private static void Number(Span<byte> room, ref int at, long value)
    {
        Utf8Formatter.TryFormat(value, room[at..], out int written);
        at += written;
    }

    private static void Put(Span<byte> room, ref int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(room[at..]);
        at += text.Length;
    }
}
