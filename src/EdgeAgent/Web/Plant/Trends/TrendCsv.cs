using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Web.Plant.Trends;

/// <summary>Writes readings as CSV that Excel opens in China: UTF-8 with its mark, and no text that a spreadsheet would take for a formula.</summary>
internal sealed class TrendCsv(PipeWriter into)
{
    /// <summary>Readings asked for at a time.</summary>
    private const long ReadingsAtOnce = 50_000;
    private const int FlushChars = 32_768;

    private readonly StringBuilder _text = new(FlushChars + 1024);

    /// <summary>Time in which so many readings come at most.</summary>
    public static long StepOf(SeriesInfo series) =>
        Math.Clamp(Math.Max(1, series.IntervalMs) * UnixTicks.PerMillisecond * ReadingsAtOnce, UnixTicks.PerHour, UnixTicks.PerHour * 24 * 7);

    public async Task WriteHeaderAsync(CancellationToken cancellation)
    {
        _text.Append("\uFEFFtime,agent,device,tag,value,unit,quality,count,min,max\r\n");
        await FlushAsync(cancellation);
    }

    public async Task WriteAsync(SeriesInfo series, IReadOnlyList<RangePoint> points, CancellationToken cancellation)
    {
        foreach (RangePoint point in points)
        {
            Write(series, point);
            if (_text.Length >= FlushChars)
            {
                await FlushAsync(cancellation);
            }
        }

        await FlushAsync(cancellation);
    }

    /// <summary>Quoted where it must be, and with an apostrophe before what a spreadsheet would compute.</summary>
    internal static string Field(string text)
    {
        string safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private void Write(SeriesInfo series, in RangePoint point)
    {
        _text.Append(UnixTicks.ToDateTimeOffset(point.Ticks).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)).Append(',')
            .Append(Field(series.Key.Agent)).Append(',').Append(Field(series.Key.Device)).Append(',').Append(Field(series.Key.Tag)).Append(',')
            .Append(ValueOf(point.Last)).Append(',').Append(Field(series.Unit)).Append(',').Append(point.WorstQuality.ToString()).Append(',')
            .Append(CultureInfo.InvariantCulture, $"{point.Count}").Append(',').Append(NumberOf(point.Min)).Append(',').Append(NumberOf(point.Max)).Append("\r\n");
    }

    private static string NumberOf(double number) => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string ValueOf(in StoredValue value) => value.Kind switch
    {
        ValueKind.None => "",
        ValueKind.Boolean => value.Bits != 0 ? "true" : "false",
        ValueKind.Int64 => ((long)value.Bits).ToString(CultureInfo.InvariantCulture),
        ValueKind.UInt64 => value.Bits.ToString(CultureInfo.InvariantCulture),
        ValueKind.Float32 => BitConverter.UInt32BitsToSingle((uint)value.Bits).ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Float64 => BitConverter.UInt64BitsToDouble(value.Bits).ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Text => Field(Encoding.UTF8.GetString(value.Bytes ?? [])),
        _ => Convert.ToHexString(value.Bytes ?? []),
    };

    private async Task FlushAsync(CancellationToken cancellation)
    {
        Encoding.UTF8.GetBytes(_text.ToString(), into);
        _text.Clear();
        await into.FlushAsync(cancellation);
    }
}
