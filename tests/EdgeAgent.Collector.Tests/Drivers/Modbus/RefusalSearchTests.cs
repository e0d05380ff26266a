using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.Modbus;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Modbus;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Collector.Tests.Drivers.Modbus;

public sealed class RefusalSearchTests
{
    [Fact]
    public void One_illegal_register_among_a_hundred_is_found_in_one_scan_and_costs_nothing_afterwards()
    {
        var unit = new UnitFixture([.. Enumerable.Range(0, 100).Select(i => TagSets.Register(i, i))]);
        unit.Line.Illegal.Add(37);
        unit.Scan();
        Assert.InRange(unit.Line.Requests.Count, 8, 16);
        Assert.Equal(99, unit.Readings.Values.Count(reading => reading.Quality.IsGood));
        Assert.Equal(Quality.BadOutOfService, unit.Readings[37].Quality);

        ScanOutcome next = unit.Scan();
        Assert.Equal([(0, 37), (38, 62)], unit.Line.Requests.Select(request => ((int)request.Address, (int)request.Count)));
        Assert.Equal(99, unit.Readings.Values.Count(reading => reading.Quality.IsGood));
        Assert.Equal(ScanAnswer.Answered, next.Answer);
    }

    [Fact]
    public void A_hole_between_two_tags_is_never_read_across_again()
    {
        var unit = new UnitFixture([TagSets.Register(0, 0), TagSets.Register(1, 10), TagSets.Register(2, 11)]);
        unit.Line.Illegal.UnionWith(Enumerable.Range(3, 5));
        unit.Scan();
        Assert.All(unit.Readings.Values, reading => Assert.True(reading.Quality.IsGood));
        unit.Scan();
        Assert.Equal([(0, 1), (10, 2)], unit.Line.Requests.Select(request => ((int)request.Address, (int)request.Count)));
    }

    [Fact]
    public void A_device_that_answers_fewer_registers_than_configured_is_learnt()
    {
        var unit = new UnitFixture([.. Enumerable.Range(0, 120).Select(i => TagSets.Register(i, i))]);
        unit.Line.CountMax = 64;
        unit.Scan();
        Assert.All(unit.Readings.Values, reading => Assert.True(reading.Quality.IsGood));
        unit.Scan();
        Assert.Equal(2, unit.Line.Requests.Count);
        Assert.All(unit.Line.Requests, request => Assert.InRange(request.Count, 1, 64));
    }

    [Fact]
    public void A_refused_address_is_tried_again_rarely_and_read_again_when_it_is_there()
    {
        var unit = new UnitFixture([TagSets.Register(0, 0), TagSets.Register(1, 1)], new ModbusDeviceSettings { RefusedRetryMs = 60_000, Identify = false });
        unit.Line.Illegal.Add(1);
        unit.Scan();
        int retries = 0;
        for (int second = 0; second < 600; second++)
        {
            unit.Time.Advance(TimeSpan.FromSeconds(1));
            unit.Scan();
            retries += unit.Line.Requests.Count(request => request.Address == 1);
        }

        Assert.InRange(retries, 8, 10);
        unit.Line.Illegal.Clear();
        for (int second = 0; second < 61; second++)
        {
            unit.Time.Advance(TimeSpan.FromSeconds(1));
            unit.Scan();
        }

        Assert.True(unit.Readings[1].Quality.IsGood);
        Assert.Single(unit.Line.Requests);
    }

    /// <summary>Whatever is illegal: in the end every legal tag is good, every illegal one bad, and the steady plan is refused nothing.</summary>
    [Fact]
    public void Any_set_of_illegal_addresses_is_learnt()
    {
        var cases = from tags in TagSets.Any
                    from illegal in Gen.Choose(0, 700).ListOf()
                    select (Tags: tags, Illegal: illegal.ToHashSet());
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var unit = new UnitFixture(c.Tags, new ModbusDeviceSettings { GapRegistersMax = 5, GapBitsMax = 20, Identify = false });
            unit.Line.Illegal.UnionWith(c.Illegal);
            for (int scan = 0; scan < 12; scan++)
            {
                unit.Scan();
            }

            int refusals = 0;
            unit.Line.Answer = _ => new ModbusResult(ModbusStatus.Ok);
            unit.Scan();
            foreach (ModbusReadRequest request in unit.Line.Requests)
            {
                refusals += Enumerable.Range(request.Address, request.Count).Any(c.Illegal.Contains) ? 1 : 0;
            }

            Assert.Equal(0, refusals);
            foreach (ModbusTag tag in c.Tags)
            {
                bool legal = !Enumerable.Range(tag.Address, tag.Count).Any(c.Illegal.Contains);
                Assert.True(legal == unit.Readings[tag.Id].Quality.IsGood, $"{tag}+{tag.Count}: {unit.Readings[tag.Id].Quality}");
            }

            unit.AssertGoodValuesAreRight();
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_register_map_that_is_wrong_from_end_to_end_does_not_flood_the_device()
    {
        var unit = new UnitFixture([.. Enumerable.Range(0, 2000).Select(i => TagSets.Register(i, i))]);
        unit.Line.Illegal.UnionWith(Enumerable.Range(0, 2000));
        unit.Scan();
        Assert.InRange(unit.Line.Requests.Count, 16, 300);
        for (int scan = 0; scan < 60; scan++)
        {
            unit.Scan();
        }

        Assert.InRange(unit.Line.Requests.Count, 0, 1);
    }
}
