using System.Globalization;
using System.Text;
using EdgeAgent.Core.Model;
using EdgeAgent.Store.Influx.Lines;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Store.Tests.Influx;

public sealed class ReadingFormatterTests
{
    private static readonly SeriesKey Plain = new("s", "a", "d", "t");

    public static TheoryData<double, string> Floats => new()
    {
        { 0, "0" }, { -0.0, "-0" }, { 0.1, "0.1" }, { 1e21, "1E+21" }, { 5e-324, "5E-324" }, { -123.25, "-123.25" },
        { double.MaxValue, "1.7976931348623157E+308" },
    };

    [Theory]
    [MemberData(nameof(Floats))]
    public void Floats_are_written_so_that_they_read_back_the_same(double value, string text)
    {
        Assert.Equal($"reading,agent=a,device=d,site=s,tag=t value={text},q=0i 1700000000000000000\n", Format(Reading.Float64(0, Quality.Good, 0, value)));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Each_kind_has_its_field()
    {
        Assert.Contains(" value=0.1,q=0i ", Format(Reading.Float32(0, Quality.Good, 0, 0.1f)), StringComparison.Ordinal);
        Assert.Contains(" i=-9223372036854775808i,q=0i ", Format(Reading.Int64(0, Quality.Good, 0, long.MinValue)), StringComparison.Ordinal);
        Assert.Contains(" i=7i,q=0i ", Format(Reading.UInt64(0, Quality.Good, 0, 7)), StringComparison.Ordinal);
        Assert.Contains(" u=\"18446744073709551615\",q=0i ", Format(Reading.UInt64(0, Quality.Good, 0, ulong.MaxValue)), StringComparison.Ordinal);
        Assert.Contains(" b=t,q=1073741824i ", Format(Reading.Boolean(0, Quality.Uncertain, 0, true)), StringComparison.Ordinal);
        Assert.Contains(" q=2148139008i ", Format(Reading.Failed(0, Quality.BadTimeout, 0)), StringComparison.Ordinal);
        Assert.Contains(" value=1,q=0i,p=1i ", Format(Reading.Float64(0, Quality.Good, 0, 1), provenance: Provenance.Simulated), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_and_bytes_are_quoted()
    {
        var batch = new ReadingBatch();
        batch.AddText(0, Quality.Good, 0, "say \"hi\" \\ 你好, a=b\nnext");
        batch.AddBytes(0, Quality.Good, 0, ValueKind.Bytes, [1, 2, 255]);
        Assert.Contains(" s=\"say \\\"hi\\\" \\\\ 你好, a=b\nnext\",q=0i ", Format(batch.Readings[0], batch), StringComparison.Ordinal);
        Assert.Contains(" x=\"AQL/\",q=0i ", Format(batch.Readings[1], batch), StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_are_escaped_and_empty_ones_left_out()
    {
        Assert.Equal(
            "reading,agent=gw\\ 1,device=a\\,b\\=c,tag=路径＼x ", Encoding.UTF8.GetString(ReadingFormatter.Key(new SeriesKey("", "gw 1", "a,b=c", "路径\\x"))));
    }

    [Fact]
    public void What_cannot_be_expressed_is_its_quality_only()
    {
        foreach (double value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.Equal("reading,agent=a,device=d,site=s,tag=t q=0i 1700000000000000000\n", Format(Reading.Float64(0, Quality.Good, 0, value), whole: false));
            Assert.Contains("t q=0i ", Format(Reading.Float32(0, Quality.Good, 0, (float)value), whole: false), StringComparison.Ordinal);
        }

        var batch = new ReadingBatch();
        batch.AddText(0, Quality.Good, 0, new string('x', ReadingFormatter.TextBytesMax + 1));
        Assert.Contains("t q=0i ", Format(batch.Readings[0], batch, whole: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_reads_back()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var lines = new LineBuffer();
            lines.Text("s"u8, text.Get);
            string quoted = Encoding.UTF8.GetString(lines.Written.Span)[3..^1];
            var back = new StringBuilder();
            for (int i = 0; i < quoted.Length; i++)
            {
                back.Append(quoted[i] == '\\' ? quoted[++i] : quoted[i]);
            }

            Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get)), back.ToString());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Formatting_allocates_nothing()
    {
        var lines = new LineBuffer();
        byte[] key = ReadingFormatter.Key(new SeriesKey("plant", "gw-01", "press-01", "temperature"));
        FormatMany(lines, key);
        long before = GC.GetAllocatedBytesForCurrentThread();
        FormatMany(lines, key);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void FormatMany(LineBuffer lines, byte[] key)
    {
        lines.Clear();
        for (int i = 0; i < 10_000; i++)
        {
            ReadingFormatter.Write(lines, key, Reading.Float64(0, Quality.Good, 0, i * 0.1), default, Provenance.Live, i);
            ReadingFormatter.Write(lines, key, Reading.Int64(0, Quality.Good, 0, i), default, Provenance.Simulated, i);
            ReadingFormatter.Write(lines, key, Reading.UInt64(0, Quality.Good, 0, ulong.MaxValue), default, Provenance.Live, i);
            ReadingFormatter.Write(lines, key, Reading.Boolean(0, Quality.Good, 0, true), default, Provenance.Live, i);
            ReadingFormatter.Write(lines, key, Reading.Failed(0, Quality.BadTimeout, 0), default, Provenance.Live, i);
        }
    }

    private static string Format(in Reading reading, ReadingBatch? batch = null, Provenance provenance = Provenance.Live, bool whole = true)
    {
        var lines = new LineBuffer();
        Assert.Equal(whole, ReadingFormatter.Write(
            lines, ReadingFormatter.Key(Plain), reading, batch is null ? default : batch.BytesOf(reading), provenance, 1_700_000_000_000_000_000));
        return Encoding.UTF8.GetString(lines.Written.Span);
    }
}
