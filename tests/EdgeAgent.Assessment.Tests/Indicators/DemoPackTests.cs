using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Tests.Indicators;

public sealed class DemoPackTests
{
    private static readonly DateTimeOffset Start = new(2025, 11, 20, 10, 58, 0, ShanghaiTime.Offset);
    private static readonly int Hour = UnixTicks.HourOf(UnixTicks.From(Start));

    [Fact]
    public async Task Seconds_after_the_start_the_rates_are_there_and_say_simulated()
    {
        Scene scene = Demo(Start.AddSeconds(20)).Asset("A").Asset("B").Asset("C", e => e with { DigitalBasis = Assessment.Ledger.DigitalBasis.None, Evidence = [] })
            .Observed("A", Hour, Hour + 1, due: 20, provenance: Provenance.Simulated)
            .Observed("B", Hour, Hour + 1, due: 20, good: 0, provenance: Provenance.Simulated);
        CoverageReport report = await scene.AssessAsync(scene.Now);
        Assert.Equal((1, 3), (report.Networking.N, report.Networking.D));
        Assert.Equal((2, 3), (report.Digitalization.N, report.Digitalization.D));
        Assert.StartsWith("SIMULATED", report.Notice);
        Assert.StartsWith("*** SIMULATED", CoverageTable.Write(report));
        Assert.StartsWith("SIMULATED", report.Blockers[0]);
    }

    [Fact]
    public async Task A_demonstration_without_simulated_readings_is_a_demonstration_still()
    {
        Scene scene = Demo(Start.AddSeconds(20)).Asset("A").Observed("A", Hour, Hour + 1, due: 20);
        Assert.StartsWith("DEMONSTRATION", (await scene.AssessAsync(scene.Now)).Notice);
    }

    [Fact]
    public async Task The_turn_of_the_hour_does_not_empty_the_window()
    {
        Scene scene = Demo(Start.AddMinutes(2).AddSeconds(1)).Asset("A").Observed("A", Hour, Hour + 1, due: 120, provenance: Provenance.Simulated);
        Assert.Equal(1, (await scene.AssessAsync(scene.Now)).Networking.N);
    }

    [Fact]
    public async Task A_second_start_is_not_spoilt_by_the_time_in_between()
    {
        Scene scene = Demo(Start).Asset("A")
            .Observed("A", Hour, Hour + 1, due: 20, provenance: Provenance.Simulated)
            .Observed("A", Hour, Hour + 1, due: 2400, down: 2400, provenance: Provenance.Simulated)
            .Observed("A", Hour, Hour + 1, due: 20, provenance: Provenance.Simulated);
        DeviceResult device = (await scene.AssessAsync(scene.Now)).Devices[0];
        Assert.Equal((40, 40), (device.Good, device.Expected));
        Assert.True(device.Networked);
    }

    private static Scene Demo(DateTimeOffset now) => new() { Now = now, Pack = RulePackCatalog.Load(RulePackCatalog.DemoId) };
}
