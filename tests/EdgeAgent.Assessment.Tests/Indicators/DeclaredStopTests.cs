using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Assessment.Tests.Scoring;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Tests.Indicators;

/// <summary>Rule R3(b): a stop that was declared in time owes nothing; half of the window at most.</summary>
public sealed class DeclaredStopTests
{
    private static readonly int From = Scene.WindowFrom;
    private static readonly int To = Scene.WindowTo;

    [Fact]
    public void Failures_in_a_declared_stop_are_forgiven()
    {
        DeviceResult device = Assess(Off(60, 110), Stop(60, 110)).Devices[0];
        Assert.Equal(((168 - 50) * 60, (168 - 50) * 60, 50), (device.Good, device.Expected, device.StoppedHours));
        Assert.True(device.Networked);
    }

    [Fact]
    public void Undeclared_silence_counts_as_missing() => Assert.Equal([ReasonCode.LowCoverage], Assess(Off(60, 110)).Devices[0].Reasons);

    [Fact]
    public void What_came_in_spite_of_the_stop_counts_as_due_and_good()
    {
        DeviceResult device = Assess(new ScoreScene(), Stop(60, 110), observed: true).Devices[0];
        Assert.Equal((168 * 60, 168 * 60), (device.Good, device.Expected));
    }

    [Fact]
    public void A_stop_of_part_of_an_hour_forgives_that_part()
    {
        ScoreScene scene = Off(60, 61);
        scene.Stops.Add(new DeclaredStop("s", "A", (From + 60) * UnixTicks.PerHour, ((From + 60) * UnixTicks.PerHour) + (20 * TimeSpan.TicksPerMinute), "换模", 1));
        DeviceResult device = scene.Assess().Devices[0];
        Assert.Equal((167 * 60, (167 * 60) + 40), (device.Good, device.Expected));
    }

    [Fact]
    public void Half_of_the_window_is_the_most()
    {
        AssessmentResult result = Assess(Off(0, 100), Stop(0, 100));
        Assert.Equal((68 * 60, (168 - 84) * 60, 84), (result.Devices[0].Good, result.Devices[0].Expected, result.Devices[0].StoppedHours));
        Assert.Contains("at most", result.Findings.Single(f => f.Code == FindingCode.StopsNotAccepted).Text);
    }

    [Fact]
    public void Overlapping_stops_count_once()
    {
        ScoreScene scene = Off(60, 110);
        scene.Stops.AddRange([Stop(60, 90), Stop(80, 110), Stop(85, 88)]);
        Assert.Equal(50, scene.Assess().Devices[0].StoppedHours);
    }

    [Theory]
    [InlineData("年检", true, "after the report instant")]
    [InlineData(" ", false, "no reason")]
    public void A_stop_without_reason_or_declared_afterwards_does_not_count(string reason, bool late, string why)
    {
        ScoreScene scene = Off(60, 110);
        scene.Stops.Add(Stop(60, 110) with { Reason = reason, LoggedAtTicks = late ? To * UnixTicks.PerHour : 1 });
        AssessmentResult result = scene.Assess();
        Assert.Equal([ReasonCode.LowCoverage], result.Devices[0].Reasons);
        Assert.Contains(why, result.Findings.Single(f => f.Code == FindingCode.StopsNotAccepted).Text);
    }

    [Fact]
    public void A_stop_of_the_whole_site_covers_every_asset_and_takes_its_days_off()
    {
        // Thursday and Friday are stopped: three working days are left, and three active days are enough.
        ScoreScene scene = Off(0, 48);
        scene.Stops.Add(Stop(0, 48) with { AssetNo = "" });
        DeviceResult device = scene.Assess().Devices[0];
        Assert.Equal(3, device.RequiredDays);
        Assert.True(device.Networked);
    }

    [Fact]
    public void A_binding_by_decision_goes_before_the_configuration()
    {
        ScoreScene scene = new();
        scene.Plant.Asset("A").Asset("B").Observed("A", device: "d", address: "x");
        scene.Bindings.Add(new DeviceBinding("gw-01", "d", "B", (From - 5) * UnixTicks.PerHour));
        AssessmentResult result = scene.Assess();
        Assert.Equal([ReasonCode.NoBinding], result.Devices[0].Reasons);
        Assert.True(result.Devices[1].Networked);
    }

    [Fact]
    public void A_binding_within_the_window_splits_the_series()
    {
        ScoreScene scene = new();
        scene.Plant.Asset("A").Asset("B").Observed("A", From - 48, device: "d", address: "x");
        scene.Bindings.Add(new DeviceBinding("plant/gw-01", "d", "B", (From + 60) * UnixTicks.PerHour));
        AssessmentResult result = scene.Assess();
        Assert.Equal(60 * 60, result.Devices[0].Good);
        Assert.Equal([ReasonCode.LowCoverage, ReasonCode.FewDays], result.Devices[0].Reasons);
        Assert.Equal((108 * 60, 108, true), (result.Devices[1].Good, result.Devices[1].ObservedHours, result.Devices[1].Networked));
    }

    [Fact]
    public void A_device_that_is_only_known_by_its_definition_was_not_seen()
    {
        ScoreScene scene = new();
        scene.Plant.Asset("A");
        scene.Plant.Store.Devices.Add(new Store.DeviceSource(new Store.AgentKey("plant", "gw-01"), "d", "A", "modbus-tcp", "x"));
        Assert.Equal([ReasonCode.NotSeen], scene.Assess().Devices[0].Reasons);
    }

    [Fact]
    public void Online_now_is_shown_and_not_counted()
    {
        ScoreScene scene = new();
        scene.Plant.Asset("A").Asset("B").Observed("A").Observed("A", To, To + 1, due: 5).Observed("B");
        scene.Plant.Now = Scene.AsOf.AddMinutes(5);
        AssessmentResult result = scene.Assess();
        Assert.Equal((1, 2), (result.Counts.OnlineNow, result.Counts.Networked));
        Assert.True(result.Provisional);
        Assert.Equal([true, false], result.Devices.Select(d => d.OnlineNow));
    }

    private static AssessmentResult Assess(ScoreScene scene, DeclaredStop? stop = null, bool observed = false)
    {
        if (observed)
        {
            scene.Plant.Asset("A").Observed("A");
        }

        scene.Stops.AddRange(stop is null ? [] : [stop]);
        return scene.Assess();
    }

    /// <summary>An asset whose device fails from one hour of the window to another.</summary>
    private static ScoreScene Off(int from, int to)
    {
        ScoreScene scene = new();
        scene.Plant.Asset("A").Observed("A", From - 48, From + from).Observed("A", From + from, From + to, good: 0).Observed("A", From + to);
        return scene;
    }

    private static DeclaredStop Stop(int from, int to) => new($"stop-{from}-{to}", "A", (From + from) * UnixTicks.PerHour, (From + to) * UnixTicks.PerHour, "年检", 1);
}
