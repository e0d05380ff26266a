using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.Modbus;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Tests.Drivers.Modbus;

public sealed class GroupReaderTests
{
    private static readonly ModbusTag[] ThreeBlocks = [TagSets.Register(0, 0), TagSets.Register(1, 500), TagSets.Register(2, 1000)];

    [Fact]
    public void A_device_that_says_nothing_is_asked_once_and_all_its_tags_time_out()
    {
        var unit = new UnitFixture(ThreeBlocks);
        unit.Line.Answer = _ => new ModbusResult(ModbusStatus.Timeout);
        ScanOutcome outcome = unit.Scan();
        Assert.Single(unit.Line.Requests);
        Assert.Equal(ScanAnswer.Silent, outcome.Answer);
        Assert.All(unit.Readings.Values, reading => Assert.Equal(Quality.BadTimeout, reading.Quality));
    }

    [Fact]
    public void One_lost_frame_costs_one_request_and_not_the_scan()
    {
        var unit = new UnitFixture(ThreeBlocks);
        unit.Line.Answer = request => new ModbusResult(request.Address == 500 ? ModbusStatus.Timeout : ModbusStatus.Ok);
        ScanOutcome outcome = unit.Scan();
        Assert.Equal(ScanAnswer.Answered, outcome.Answer);
        Assert.Equal("no answer", outcome.Problem);
        Assert.Equal([Quality.Good, Quality.BadTimeout, Quality.Good], unit.Readings.OrderBy(item => item.Key).Select(item => item.Value.Quality));
    }

    [Fact]
    public void A_lost_connection_ends_the_scan()
    {
        var unit = new UnitFixture(ThreeBlocks);
        unit.Line.Answer = _ => new ModbusResult(ModbusStatus.Disconnected);
        Assert.Equal(ScanAnswer.ConnectionLost, unit.Scan().Answer);
        Assert.Single(unit.Line.Requests);
        Assert.All(unit.Readings.Values, reading => Assert.Equal(Quality.BadNotConnected, reading.Quality));
    }

    [Theory]
    [InlineData(ModbusExceptionCode.Acknowledge)]
    [InlineData(ModbusExceptionCode.ServerDeviceBusy)]
    public void A_busy_device_is_waited_for(ModbusExceptionCode code)
    {
        var unit = new UnitFixture(ThreeBlocks);
        int busy = 2;
        unit.Line.Answer = _ => busy-- > 0 ? new ModbusResult(ModbusStatus.Exception, (byte)code) : new ModbusResult(ModbusStatus.Ok);
        ScanOutcome outcome = unit.Scan();
        Assert.Null(outcome.Problem);
        Assert.Equal(5, unit.Line.Requests.Count);
        Assert.All(unit.Readings.Values, reading => Assert.True(reading.Quality.IsGood));
    }

    [Fact]
    public void A_device_that_stays_busy_is_out_of_service_but_not_silent()
    {
        var unit = new UnitFixture(ThreeBlocks, new ModbusDeviceSettings { BusyTriesMax = 1, Identify = false });
        unit.Line.Answer = _ => new ModbusResult(ModbusStatus.Exception, (byte)ModbusExceptionCode.ServerDeviceBusy);
        Assert.Equal(ScanAnswer.Answered, unit.Scan().Answer);
        Assert.All(unit.Readings.Values, reading => Assert.Equal(Quality.BadOutOfService, reading.Quality));
    }

    [Theory]
    [InlineData(ModbusExceptionCode.GatewayPathUnavailable)]
    [InlineData(ModbusExceptionCode.GatewayTargetFailedToRespond)]
    public void A_gateway_that_speaks_for_a_dead_device_makes_it_silent(ModbusExceptionCode code)
    {
        var unit = new UnitFixture(ThreeBlocks);
        unit.Line.Answer = _ => new ModbusResult(ModbusStatus.Exception, (byte)code);
        Assert.Equal(ScanAnswer.Silent, unit.Scan().Answer);
        Assert.Single(unit.Line.Requests);
        Assert.All(unit.Readings.Values, reading => Assert.Equal(Quality.BadNoCommunication, reading.Quality));
    }

    [Fact]
    public void A_probe_asks_for_one_tag_and_goes_on_when_it_is_answered()
    {
        var unit = new UnitFixture([.. Enumerable.Range(0, 50).Select(i => TagSets.Register(i, i))]);
        Assert.Equal(ScanAnswer.Answered, unit.Scan(probeDeadlineMs: 100).Answer);
        Assert.Equal([1, 50], unit.Line.Requests.Select(request => (int)request.Count));

        unit.Line.Answer = _ => new ModbusResult(ModbusStatus.Timeout);
        Assert.Equal(ScanAnswer.Silent, unit.Scan(probeDeadlineMs: 100).Answer);
        Assert.Equal([1], unit.Line.Requests.Select(request => (int)request.Count));
    }

    [Fact]
    public void A_damaged_answer_is_a_decoding_error_of_its_tags()
    {
        var unit = new UnitFixture(ThreeBlocks);
        unit.Line.Answer = request => new ModbusResult(request.Address == 0 ? ModbusStatus.BadFrame : ModbusStatus.Ok);
        unit.Scan();
        Assert.Equal(Quality.BadDecodingError, unit.Readings[0].Quality);
        Assert.True(unit.Readings[1].Quality.IsGood);
    }

    [Fact]
    public void The_identity_is_read_once_a_connection_and_not_for_ever_from_a_device_that_does_not_say()
    {
        var unit = new UnitFixture(ThreeBlocks, new ModbusDeviceSettings());
        unit.Line.Identity = new ModbusDeviceIdentity(SimulatorIdentity.VendorName, "x", "1");
        unit.Scan(connection: 1);
        unit.Scan(connection: 1);
        Assert.Equal(1, unit.Line.IdentityReads);
        Assert.True(unit.Unit.IsSimulated);

        var mute = new UnitFixture(ThreeBlocks, new ModbusDeviceSettings());
        for (int connection = 1; connection < 10; connection++)
        {
            mute.Scan(connection: connection);
        }

        Assert.Equal(2, mute.Line.IdentityReads);
        Assert.False(mute.Unit.IsSimulated);
    }

    /// <summary>Complaint 6: pauses between requests.</summary>
    [Fact]
    public void A_device_with_a_pause_gets_one_request_at_a_time_and_its_rest_between_two()
    {
        var unit = new UnitFixture(ThreeBlocks, new ModbusDeviceSettings { PauseMs = 50, Identify = false }, inFlightMax: 8);
        long before = unit.Time.GetTimestamp();
        unit.Scan();
        Assert.InRange(unit.Time.GetElapsedTime(before).TotalMilliseconds, 100, 120);
    }

    [Fact]
    public void A_scan_without_trouble_allocates_nothing()
    {
        var unit = new UnitFixture([.. Enumerable.Range(0, 1000).Select(i => TagSets.Register(i, i * 3))], inFlightMax: 4);
        var reader = new EdgeAgent.Collector.Drivers.Modbus.Scanning.GroupReader(
            unit.Unit, Enumerable.Range(0, 1000).Select(i => TagSets.Register(i, i * 3)), 4);
        var batch = new ReadingBatch();
        void Scan()
        {
            batch.Clear();
            unit.Line.Requests.Clear();
            _ = reader.ScanAsync(0, batch, 1, CancellationToken.None).Result;
        }

        for (int i = 0; i < 200; i++)
        {
            Scan();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Scan();
        }

#if DEBUG
        // An unoptimized build makes a class of each async method's state: once a scan, not once a reading.
        const int allowedPerScan = 256;
#else
        const int allowedPerScan = 0;
#endif
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000 * allowedPerScan);
        Assert.Equal(1000, batch.Count);
    }
}
