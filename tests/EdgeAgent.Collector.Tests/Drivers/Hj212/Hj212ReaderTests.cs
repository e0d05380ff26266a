using System.Text;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.Hj212;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Hj212;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Drivers.Hj212;

public sealed class Hj212ReaderTests
{
    private static readonly long Now = UnixTicks.From(new DateTimeOffset(2025, 11, 13, 0, 30, 0, TimeSpan.Zero));
    private readonly ReadingInbox _inbox = new();
    private readonly Hj212Reader _reader;

    public Hj212ReaderTests() => _reader = new Hj212Reader(
        [new Hj212Logger(0, "M"u8.ToArray(), null,
        [
            new Hj212Tag(0, ValueKind.Float64, Hj212Command.RealTime, "a-Rtd"u8.ToArray(), "a-Flag"u8.ToArray()),
            new Hj212Tag(1, ValueKind.Float64, Hj212Command.Minute, "a-Avg"u8.ToArray(), []),
        ])],
        UnixTicks.PerHour, _inbox, new SeenList(new FakeTimeProvider(), NullLogger.Instance));

    [Fact]
    public void A_run_of_noise_is_one_bad_reading_however_long_it_is()
    {
        for (int i = 0; i < 1000; i++)
        {
            _reader.TakeBroken(null, Now);
        }

        Assert.Equal(Quality.BadDecodingError, Assert.Single(_inbox.Live.Readings.ToArray()).Quality);
        Take("QN=20251113083000000;CN=2011;MN=M;CP=&&DataTime=20251113083000;a-Rtd=1&&");
        _reader.TakeBroken(null, Now);
        _reader.TakeBroken(null, Now);
        Assert.Equal(3, _inbox.Live.Count);
    }

    [Fact]
    public void Data_of_a_minute_with_the_number_of_the_real_time_data_of_the_same_second_are_taken()
    {
        Take("QN=20251113083000000;CN=2011;MN=M;CP=&&DataTime=20251113083000;a-Rtd=1&&");
        Take("QN=20251113083000000;CN=2051;MN=M;CP=&&DataTime=20251113082900;a-Avg=2&&");
        Take("QN=20251113083000000;CN=2051;MN=M;CP=&&DataTime=20251113082900;a-Avg=2&&");
        Assert.Equal([(0, 1.0), (1, 2.0)], _inbox.Live.Readings.ToArray().Select(reading => (reading.TagId, reading.ToDouble())));
    }

    [Theory]
    [InlineData("", "Good")]
    [InlineData("N", "Good")]
    [InlineData("3", "Good")]
    [InlineData("T", "UncertainEngineeringUnitsExceeded")]
    [InlineData("S", "Uncertain")]
    [InlineData("x", "Uncertain")]
    [InlineData("NN", "Uncertain")]
    [InlineData("D", "BadDeviceFailure")]
    [InlineData("P", "BadDeviceFailure")]
    [InlineData("B", "BadNoCommunication")]
    [InlineData("C", "BadOutOfService")]
    [InlineData("0", "BadOutOfService")]
    public void A_mark_is_the_quality_and_only_normal_is_good(string mark, string quality)
    {
        Take($"QN=20251113083000000;CN=2011;MN=M;CP=&&DataTime=20251113083000;a-Rtd=1,a-Flag={mark}&&");
        Assert.Equal(quality, Assert.Single(_inbox.Live.Readings.ToArray()).Quality.ToString());
    }

    private void Take(string segment) => Assert.NotNull(_reader.Take(Encoding.ASCII.GetBytes(segment), Now, out _, out _));
}
