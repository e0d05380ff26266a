using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Tests.Indicators;

/// <summary>Each reason for which an asset does not count, alone.</summary>
public sealed class ReasonCodeTests
{
    private static readonly int From = Scene.WindowFrom;
    private static readonly int To = Scene.WindowTo;

    [Fact]
    public async Task A_device_that_reports_counts()
    {
        DeviceResult device = await new Scene().Asset("A").Observed("A").AssessOneAsync();
        Assert.True(device.Networked);
        Assert.Empty(device.Reasons);
        Assert.Equal(CoverageGrade.Good, device.Grade);
        Assert.Equal((7, 5), (device.ActiveDays, device.RequiredDays));
        Assert.Equal(168 * 60, device.Expected);
        Assert.Equal(["plant/gw-01/dev-A modbus-tcp://10.0.0.1:502/A"], device.Sources);
    }

    [Fact]
    public async Task First_seen_in_the_first_hour_of_a_short_window_is_too_short_a_time_as_well()
    {
        Scene begins = new Scene().Asset("A").Observed("A", To - 1, To);
        DeviceResult seenNow = Assert.Single((await begins.AssessAsync(window: WindowLength.OfMinutes(60))).Devices);
        Assert.False(seenNow.Networked);
        Assert.Contains(ReasonCode.Pending, seenNow.Reasons);
        DeviceResult seenBefore = Assert.Single((await begins.Observed("A", To - 2, To - 1).AssessAsync(window: WindowLength.OfMinutes(60))).Devices);
        Assert.DoesNotContain(ReasonCode.Pending, seenBefore.Reasons);
    }

    [Fact]
    public async Task Something_answers_at_its_address_and_nothing_is_read()
    {
        DeviceResult device = await new Scene().Asset("A").Observed("A", driver: "probe", address: "probe://10.0.0.9:80").AssessOneAsync();
        Assert.False(device.Networked);
        Assert.Contains(ReasonCode.ProbeOnly, device.Reasons);
        Assert.NotEqual(DigitalLevel.Observed, device.Digital);
    }

    [Fact]
    public async Task A_probe_beside_a_reading_driver_neither_helps_nor_harms()
    {
        DeviceResult device = await new Scene().Asset("A").Observed("A")
            .Observed("A", good: 0, driver: "probe", device: "ping-A", address: "probe://10.0.0.9:80").AssessOneAsync();
        Assert.True(device.Networked);
        Assert.Equal(168 * 60, device.Expected);
    }

    [Fact]
    public async Task No_device_is_bound() => await Expect(new Scene().Asset("A"), ReasonCode.NoBinding);

    [Fact]
    public async Task A_bound_device_never_answered()
    {
        DeviceResult device = await Expect(new Scene().Asset("A").Observed("A", good: 0), ReasonCode.NoData);
        Assert.Equal(168 * 60, device.Expected);
        Assert.Equal("0.00%", device.Coverage.Percent);
    }

    [Fact]
    public async Task Coverage_is_below_the_limit_by_one_reading()
    {
        await Expect(new Scene().Asset("A").Observed("A", good: 45).Observed("A", From, From + 1, due: 1, good: 0), ReasonCode.LowCoverage);
        DeviceResult exactly = await new Scene().Asset("A").Observed("A", good: 45).AssessOneAsync();
        Assert.True(exactly.Networked);
        Assert.Equal(CoverageGrade.Sufficient, exactly.Grade);
    }

    [Fact]
    public async Task Connected_for_the_inspection_only()
    {
        // Everything is bad until the last two days, but coverage is made up by a burst.
        Scene scene = new Scene().Asset("A").Observed("A", From, To - 48, due: 1, good: 0).Observed("A", To - 48, To, due: 1000);
        DeviceResult device = await Expect(scene, ReasonCode.FewDays);
        Assert.Equal((2, 5), (device.ActiveDays, device.RequiredDays));
    }

    [Fact]
    public async Task A_day_with_good_readings_in_three_hours_is_not_active()
    {
        Scene scene = new Scene().Asset("A");
        for (int day = 13; day < 20; day++)
        {
            scene.Observed("A", Scene.Hour(day, 8), Scene.Hour(day, day == 13 ? 12 : 11));
            scene.Observed("A", Scene.Hour(day, 0), Scene.Hour(day, 8), due: 0).Observed("A", Scene.Hour(day, day == 13 ? 12 : 11), Scene.Hour(day + 1), due: 0);
        }

        DeviceResult device = await Expect(scene, ReasonCode.FewDays);
        Assert.Equal(1, device.ActiveDays);
    }

    [Fact]
    public async Task Too_few_readings_in_all()
    {
        Scene scene = new Scene().Asset("A").Observed("A", due: 0);
        for (int day = 13; day < 18; day++)
        {
            scene.Observed("A", Scene.Hour(day, 8), Scene.Hour(day, 12), due: 1, good: 1, changed: 1);
        }

        Assert.Equal(20, (await Expect(scene, ReasonCode.FewReadings)).Good);
    }

    [Fact]
    public async Task No_value_ever_changed() => await Expect(new Scene().Asset("A").Observed("A", changed: 0), ReasonCode.Frozen);

    [Fact]
    public async Task One_change_is_enough() =>
        Assert.True((await new Scene().Asset("A").Observed("A", changed: 0).Observed("A", From, From + 1, due: 1, changed: 1).AssessOneAsync()).Networked);

    [Theory]
    [InlineData(Provenance.Simulated)]
    [InlineData(Provenance.Replayed)]
    public async Task Simulated_readings_never_count(Provenance provenance)
    {
        DeviceResult device = await Expect(new Scene().Asset("A").Observed("A", provenance: provenance), ReasonCode.Simulated);
        Assert.Equal(0, device.Good);
        Assert.Equal(168 * 60, device.NotCounted);
        Assert.Equal(DigitalLevel.Evidenced, device.Digital); // by the ledger, not by the simulator
    }

    [Fact]
    public async Task Simulated_hours_do_not_make_up_for_live_ones()
    {
        Scene scene = new Scene().Asset("A").Observed("A", From, From + 80).Observed("A", From + 80, To, provenance: Provenance.Simulated);
        await Expect(scene, ReasonCode.LowCoverage, ReasonCode.FewDays, ReasonCode.Simulated);
    }

    [Fact]
    public async Task Live_readings_stand_on_their_own_beside_a_short_simulation()
    {
        CoverageReport report = await new Scene().Asset("A").Observed("A").Observed("A", From, From + 1, due: 6, provenance: Provenance.Simulated).AssessAsync();
        Assert.True(report.Devices[0].Networked);
        Assert.Null(report.Notice);
        Assert.Contains("6 simulated", Assert.Single(report.Inconsistencies).Text);
    }

    [Fact]
    public async Task Imported_readings_never_count() =>
        await Expect(new Scene().Asset("A").Observed("A", provenance: Provenance.Imported), ReasonCode.Imported);

    [Fact]
    public async Task One_machine_does_not_prove_two_assets()
    {
        Scene scene = new Scene().Asset("A").Asset("B").Observed("A", address: "modbus-tcp://10.0.0.5:502/1").Observed("B", address: "modbus-tcp://10.0.0.5:502/1");
        CoverageReport report = await scene.AssessAsync();
        Assert.All(report.Devices, d => Assert.Equal([ReasonCode.SharedAddress], d.Reasons));
        Assert.Equal(0, report.Networking.N);
        Assert.Equal(0, report.Counts.Digital.Observed);
        Assert.Contains("10.0.0.5", report.Inconsistencies[0].Text);
    }

    [Fact]
    public async Task Sharing_shows_within_a_single_hour()
    {
        Scene scene = new Scene().Asset("A").Asset("B").Observed("A", To - 1, To, address: "x").Observed("B", To - 1, To, address: "x");
        Assert.All((await scene.AssessAsync()).Devices, d => Assert.Contains(ReasonCode.SharedAddress, d.Reasons));
    }

    [Fact]
    public async Task A_machine_that_was_bound_to_another_asset_is_not_shared()
    {
        // Re-bound in the middle of hour 60: that hour has accounts of both.
        Scene scene = new Scene().Asset("A").Asset("B")
            .Observed("A", From - 48, From + 61, address: "x", device: "d")
            .Observed("B", From + 60, To, address: "x", device: "d");
        CoverageReport report = await scene.AssessAsync();
        Assert.Equal([ReasonCode.LowCoverage, ReasonCode.FewDays], report.Devices[0].Reasons);
        Assert.True(report.Devices[1].Networked);
        Assert.Equal(108, report.Devices[1].ObservedHours);
    }

    [Fact]
    public async Task Two_gateways_may_use_the_same_private_address()
    {
        Scene scene = new Scene().Asset("A").Asset("B").Observed("A", address: "x", agent: "gw-01").Observed("B", address: "x", agent: "gw-02");
        CoverageReport report = await scene.AssessAsync();
        Assert.Equal(2, report.Networking.N);
        Assert.Contains("gw-01, gw-02", Assert.Single(report.Inconsistencies).Text);
    }

    [Fact]
    public async Task A_monitored_machine_without_control_is_not_digital()
    {
        Scene scene = new Scene().Asset("A", e => e with { DigitalBasis = DigitalBasis.AddedMonitoring }).Observed("A");
        DeviceResult device = await Expect(scene, ReasonCode.NotDigital);
        Assert.Equal(DigitalLevel.None, device.Digital);
        Assert.True((await scene.Rules(p => p with { MonitorOnlyIsDigital = true }).AssessOneAsync()).Networked);
    }

    [Fact]
    public async Task Networked_without_being_digital_counts_only_where_the_pack_says_so()
    {
        Scene scene = new Scene().Asset("A", e => e with { DigitalBasis = DigitalBasis.None, Evidence = [] }).Observed("A");
        CoverageReport strict = await scene.AssessAsync();
        Assert.Equal([ReasonCode.NotDigital], strict.Devices[0].Reasons);
        Assert.Contains("无", Assert.Single(strict.Inconsistencies).Text);
        CoverageReport lenient = await scene.Rules(p => p with { NetworkedNeedsDigital = false }).AssessAsync();
        Assert.Equal((1, 0), (lenient.Networking.N, lenient.Digitalization.N));
    }

    [Fact]
    public async Task A_controller_that_answers_is_digital_although_the_ledger_is_silent()
    {
        DeviceResult device = await new Scene().Asset("A", e => e with { DigitalBasis = DigitalBasis.Unstated, Evidence = [] }).Observed("A").AssessOneAsync();
        Assert.Equal(DigitalLevel.Observed, device.Digital);
        Assert.True(device.Networked);
    }

    [Fact]
    public async Task Evidence_counts_from_the_day_of_the_retrofit()
    {
        Scene scene = new Scene().Asset("A", e => e with { RetrofitDate = new DateOnly(2025, 11, 21) });
        Assert.Equal(DigitalLevel.Declared, (await scene.AssessOneAsync()).Digital);
        Assert.Equal(DigitalLevel.Evidenced, Assert.Single((await scene.AssessAsync(Scene.AsOf.AddDays(1))).Devices).Digital);
    }

    [Theory]
    [InlineData(71, false)]
    [InlineData(72, true)]
    public async Task A_device_bound_too_recently_is_pending(int hours, bool counts)
    {
        Scene scene = new Scene().Asset("A").Observed("A", To - hours);
        DeviceResult device = await scene.AssessOneAsync();
        Assert.Equal(counts, device.Networked);
        Assert.Equal(counts ? [] : [ReasonCode.Pending], device.Reasons);
        Assert.Equal(3, device.RequiredDays);
        CoverageReport report = await scene.AssessAsync();
        Assert.Equal((1, counts ? 0 : 1), (report.Counts.Total, report.Counts.Pending));
    }

    [Fact]
    public async Task What_came_before_the_commissioning_does_not_count()
    {
        Scene scene = new Scene().Asset("A", e => e with { CommissionDate = new DateOnly(2025, 11, 16) }).Observed("A", good: 0, to: Scene.Hour(16)).Observed("A", Scene.Hour(16));
        DeviceResult device = await scene.AssessOneAsync();
        Assert.True(device.Networked);
        Assert.Equal((96 * 60, 96), (device.Expected, device.ObservedHours));
    }

    [Fact]
    public async Task An_agent_whose_clock_runs_ahead_is_named()
    {
        int now = UnixTicks.HourOf(UnixTicks.From(Scene.AsOf.AddDays(10)));
        await Expect(new Scene().Asset("A").Observed("A", now + 48, now + 96), ReasonCode.NoBinding);
        await Expect(new Scene().Asset("A").Observed("A", good: 0).Observed("A", now + 48, now + 96), ReasonCode.NoData, ReasonCode.ClockSkew);
    }

    [Theory]
    [InlineData(AssetStatus.Sealed, 1)]
    [InlineData(AssetStatus.Stopped, 1)]
    [InlineData(AssetStatus.Scrapped, 0)]
    [InlineData(AssetStatus.LeasedOut, 0)]
    public async Task Assets_out_of_use_are_listed_apart(AssetStatus status, int strict)
    {
        CoverageReport report = await new Scene().Asset("A", e => e with { Status = status, Remark = "说明" }).Observed("A").AssessAsync();
        Assert.Empty(report.Devices);
        Assert.Equal(strict, report.Counts.TotalStrict);
        ExcludedAsset excluded = Assert.Single(report.Exclusions);
        Assert.Equal((ReasonCode.ExcludedStatus, true, "说明"), (excluded.Reason, excluded.HasData, excluded.Remark));
        Assert.Contains("EXCLUDED_STATUS", Assert.Single(report.Inconsistencies).Text);
        Assert.Equal("不可计算 (0/0)", report.Networking.Rate);
        Assert.Null(report.Networking.Option);
        Assert.Contains(report.Blockers, b => b.Contains("不可计算", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gateways_and_office_machines_are_no_production_equipment()
    {
        CoverageReport report = await new Scene().Asset("A", e => e with { Category = AssetCategory.DataCollection }).Asset("B", e => e with { Category = AssetCategory.NonProduction })
            .Asset("C", e => e with { Category = AssetCategory.Auxiliary }).AssessAsync();
        Assert.Equal(1, report.Counts.Total);
        Assert.All(report.Exclusions, e => Assert.Equal(ReasonCode.ExcludedCategory, e.Reason));
    }

    [Fact]
    public async Task Dates_decide_at_midnight_in_shanghai()
    {
        Scene scene = new Scene()
            .Asset("in-today", e => e with { CommissionDate = new DateOnly(2025, 11, 20) })
            .Asset("in-tomorrow", e => e with { CommissionDate = new DateOnly(2025, 11, 21) })
            .Asset("out-today", e => e with { RetireDate = new DateOnly(2025, 11, 20) })
            .Asset("out-tomorrow", e => e with { RetireDate = new DateOnly(2025, 11, 21) });
        CoverageReport report = await scene.AssessAsync();
        Assert.Equal(["in-today", "out-tomorrow"], report.Devices.Select(d => d.AssetNo));
        Assert.Equal([ReasonCode.NotCommissioned, ReasonCode.Retired], report.Exclusions.Select(e => e.Reason));
        CoverageReport minuteBefore = await scene.AssessAsync(Scene.AsOf.AddTicks(-1));
        Assert.Equal(["out-today", "out-tomorrow"], minuteBefore.Devices.Select(d => d.AssetNo));
    }

    [Fact]
    public async Task Sources_that_no_asset_claims_are_listed_and_count_nowhere()
    {
        CoverageReport report = await new Scene().Asset("A").Observed("A").Observed("Z-9").Observed("").AssessAsync();
        Assert.Equal(["", "Z-9"], report.Unledgered.Select(u => u.Asset));
        Assert.Equal((1, 1), (report.Networking.N, report.Networking.D));
        Assert.Contains(report.Blockers, b => b.Contains("no ledger line: 2", StringComparison.Ordinal));
    }

    private static async Task<DeviceResult> Expect(Scene scene, params ReasonCode[] reasons)
    {
        CoverageReport report = await scene.AssessAsync();
        DeviceResult device = Assert.Single(report.Devices);
        Assert.Equal(reasons, device.Reasons);
        Assert.False(device.Networked);
        Assert.Equal(0, report.Networking.N);
        return device;
    }
}
