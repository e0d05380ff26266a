using System.Text;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Receiving;

public sealed class TagValueTests
{
    [Theory]
    [InlineData("21.5", ValueKind.Float64, "21.5")]
    [InlineData(" +7 ", ValueKind.Int64, "7")]
    [InlineData("-7", ValueKind.Int64, "-7")]
    [InlineData("-7", ValueKind.UInt64, "BadTypeMismatch")]
    [InlineData("18446744073709551615", ValueKind.UInt64, "18446744073709551615")]
    [InlineData("18446744073709551615", ValueKind.Int64, "BadTypeMismatch")]
    [InlineData("7.0", ValueKind.Int64, "7")]
    [InlineData("7.5", ValueKind.Int64, "BadTypeMismatch")]
    [InlineData("1", ValueKind.Boolean, "true")]
    [InlineData("ON", ValueKind.Boolean, "true")]
    [InlineData("false", ValueKind.Boolean, "false")]
    [InlineData("2", ValueKind.Boolean, "BadTypeMismatch")]
    [InlineData("maybe", ValueKind.Boolean, "BadDecodingError")]
    [InlineData("NaN", ValueKind.Float64, "BadDecodingError")]
    [InlineData("0x10", ValueKind.Float64, "BadDecodingError")]
    [InlineData("", ValueKind.Float64, "BadDecodingError")]
    [InlineData(" hello ", ValueKind.Text, " hello ")]
    [InlineData("1e3", ValueKind.Float64, "1000")]
    [InlineData("1e999", ValueKind.Float64, "BadDecodingError")]
    [InlineData("-1e999", ValueKind.Float32, "BadDecodingError")]
    [InlineData("1e39", ValueKind.Float32, "BadTypeMismatch")]
    [InlineData("-1e300", ValueKind.Float32, "BadTypeMismatch")]
    public void A_text_becomes_a_reading_only_when_it_fits(string text, ValueKind kind, string expected)
    {
        var batch = new ReadingBatch();
        TagValue.AddText(batch, 0, kind, 1, Encoding.UTF8.GetBytes(text));
        Reading reading = batch.Readings[0];
        Assert.Equal(expected, !reading.Quality.IsGood ? reading.Quality.ToString() : Print(batch, reading));
    }

    [Fact]
    public void A_text_that_is_no_UTF_8_is_bad()
    {
        var batch = new ReadingBatch();
        TagValue.AddText(batch, 0, ValueKind.Text, 1, [0xB2, 0xE2]);
        Assert.Equal(Quality.BadDecodingError, batch.Readings[0].Quality);
    }

    [Theory]
    [InlineData("2025-11-13T08:30:00Z", 0)]
    [InlineData("2025-11-13T16:30:00+08:00", 0)]
    [InlineData("2025-11-13T16:30:00.250", 250)]
    [InlineData("2025/11/13 16:30:00", 0)]
    [InlineData("20251113163000", 0)]
    [InlineData("20251113163000007", 7)]
    public void Times_without_a_zone_are_of_the_given_one(string text, int ms)
    {
        Assert.True(TimeText.TryParse(Encoding.UTF8.GetBytes(text), TimeSpan.FromHours(8), out long ticks));
        Assert.Equal(new DateTimeOffset(2025, 11, 13, 8, 30, 0, ms, TimeSpan.Zero), UnixTicks.ToDateTimeOffset(ticks));
    }

    [Theory]
    [InlineData(1_763_022_600)]
    [InlineData(1_763_022_600_000)]
    [InlineData(1_763_022_600_000_000)]
    public void Numbers_of_any_unit_are_told_apart(double number)
    {
        Assert.True(TimeText.TryNumber(number, out long ticks));
        Assert.Equal(new DateTimeOffset(2025, 11, 13, 8, 30, 0, TimeSpan.Zero), UnixTicks.ToDateTimeOffset(ticks));
    }

    private static string Print(ReadingBatch batch, in Reading reading) => reading.Kind switch
    {
        ValueKind.Boolean => reading.AsBoolean ? "true" : "false",
        ValueKind.Int64 => reading.AsInt64.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ValueKind.UInt64 => reading.AsUInt64.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ValueKind.Text => Encoding.UTF8.GetString(batch.BytesOf(reading)),
        _ => reading.ToDouble().ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
