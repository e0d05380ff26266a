using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Tests.Indicators;

/// <summary>Silence that no agent accounted for is owed all the same.</summary>
public sealed class ExpectedReadingsTests
{
    private static readonly int From = Scene.WindowFrom;
    private static readonly int To = Scene.WindowTo;

    [Fact]
    public async Task An_agent_down_for_hours_and_back_has_booked_what_it_missed()
    {
        DeviceResult device = await new Scene().Asset("A").Observed("A", From, From + 100).Observed("A", From + 100, From + 110, down: 60).Observed("A", From + 110).AssessOneAsync();
        Assert.Equal((158 * 60, 168 * 60, 0), (device.Good, device.Expected, device.Unaccounted));
        Assert.True(device.Networked);
    }

    [Fact]
    public async Task An_agent_that_never_came_back_owes_the_rest_of_the_window()
    {
        DeviceResult device = await new Scene().Asset("A").Observed("A", From, From + 125).AssessOneAsync();
        Assert.Equal((125 * 60, 168 * 60, 43 * 60), (device.Good, device.Expected, device.Unaccounted));
        Assert.Equal([ReasonCode.LowCoverage], device.Reasons);
    }

    [Fact]
    public async Task A_gap_inside_the_window_is_owed_too()
    {
        DeviceResult device = await new Scene().Asset("A").Observed("A", From, From + 50).Observed("A", From + 90).AssessOneAsync();
        Assert.Equal((128 * 60, 168 * 60, 40 * 60), (device.Good, device.Expected, device.Unaccounted));
    }

    [Fact]
    public async Task A_device_known_before_the_window_owes_the_window_from_its_begin()
    {
        DeviceResult device = await new Scene().Asset("A").Observed("A", From - 200, From - 100).Observed("A", From + 72).AssessOneAsync();
        Assert.Equal((96 * 60, 168 * 60, 168), (device.Good, device.Expected, device.ObservedHours));
        Assert.Equal([ReasonCode.LowCoverage, ReasonCode.FewDays], device.Reasons);
    }

    [Fact]
    public async Task A_device_silent_throughout_the_window_is_bound_and_owes_everything()
    {
        DeviceResult device = await new Scene().Asset("A").Observed("A", From - 200, From - 100).AssessOneAsync();
        Assert.Equal([ReasonCode.NotSeen], device.Reasons);
        Assert.Equal(168 * 60, device.Unaccounted);
    }

    [Fact]
    public async Task A_device_last_seen_before_the_history_is_new()
    {
        DeviceResult device = await new Scene().Asset("A").Observed("A", From - (24 * 31), From - (24 * 30)).Observed("A", From + 72).AssessOneAsync();
        Assert.Equal(96, device.ObservedHours);
        Assert.True(device.Networked);
    }

    [Fact]
    public async Task The_hour_in_which_a_gateway_died_counts_whole()
    {
        // Five minutes of the hour, all good, and then nothing for ever.
        DeviceResult device = await new Scene().Asset("A").Observed("A", From, From + 10).Observed("A", From + 10, From + 11, due: 5).AssessOneAsync();
        Assert.Equal((605, 168 * 60), (device.Good, device.Expected));
    }

    [Fact]
    public async Task The_last_hour_of_the_window_counts_whole_once_the_next_one_is_over()
    {
        Scene scene = new Scene().Asset("A").Observed("A", From, To - 1).Observed("A", To - 1, To, due: 5);
        Assert.Equal(168 * 60, (await scene.AssessOneAsync()).Expected);

        // As long as the next hour is not over, nothing says that the agent is gone.
        scene.Now = Scene.AsOf.AddMinutes(59);
        Assert.Equal((167 * 60) + 5, (await scene.AssessOneAsync()).Expected);

        // And when the agent went on, it really had so little to do in that hour.
        scene.Now = Scene.AsOf.AddDays(1);
        Assert.Equal((167 * 60) + 5, (await scene.Observed("A", To, To + 1).AssessOneAsync()).Expected);
    }

    [Fact]
    public async Task The_first_hour_of_a_new_device_counts_as_it_was()
    {
        DeviceResult device = await new Scene().Asset("A").Observed("A", From + 20, From + 21, due: 5).Observed("A", From + 21).AssessOneAsync();
        Assert.Equal((147 * 60) + 5, device.Expected);
    }

    [Fact]
    public async Task The_gap_is_filled_with_the_last_known_rate_of_a_whole_hour()
    {
        // The configuration grew from 60 to 600 readings an hour before the gap; hour 40 is cut short by it.
        DeviceResult device = await new Scene().Asset("A")
            .Observed("A", From, From + 20)
            .Observed("A", From + 20, From + 40, due: 600)
            .Observed("A", From + 40, From + 41, due: 7)
            .AssessOneAsync();
        Assert.Equal((20 * 60) + (148 * 600), device.Expected);
    }

    [Fact]
    public async Task The_gap_is_not_filled_with_what_a_larger_configuration_once_had()
    {
        DeviceResult device = await new Scene().Asset("A").Observed("A", From, From + 20, due: 600).Observed("A", From + 20, From + 40).AssessOneAsync();
        Assert.Equal((20 * 600) + (148 * 60), device.Expected);
    }

    [Fact]
    public async Task The_hour_in_which_an_agent_began_anew_counts_whole()
    {
        // A new buffer knows nothing of the time before it, so nobody booked the first 55 minutes.
        DeviceResult device = await new Scene().Asset("A").Observed("A", From, From + 40).Observed("A", From + 50, From + 51, due: 5).Observed("A", From + 51).AssessOneAsync();
        Assert.Equal((168 * 60, (10 * 60) + 55), (device.Expected, device.Unaccounted));
    }

    [Fact]
    public async Task A_second_connection_that_fell_silent_cannot_hide()
    {
        DeviceResult device = await new Scene().Asset("A").Observed("A").Observed("A", From, From + 10, due: 600, agent: "gw-02", device: "meter", address: "y").AssessOneAsync();
        Assert.Equal((168 * 60) + (168 * 600), device.Expected);
        Assert.Contains(ReasonCode.LowCoverage, device.Reasons);
    }

    [Fact]
    public async Task A_device_that_moves_or_gets_a_new_address_or_name_goes_on()
    {
        DeviceResult device = await new Scene().Asset("A")
            .Observed("A", From, From + 40, agent: "gw-01", device: "a", address: "x")
            .Observed("A", From + 40, From + 80, agent: "gw-02", device: "b", address: "x")
            .Observed("A", From + 80, To, agent: "gw-02", device: "b", address: "y")
            .AssessOneAsync();
        Assert.Equal((168 * 60, 168 * 60), (device.Good, device.Expected));
        Assert.Equal(3, device.Sources.Count);
    }

    [Fact]
    public async Task Accounts_that_do_not_balance_bring_no_good_readings()
    {
        Scene scene = new Scene().Asset("A").Observed("A");
        scene.Store.Rows[0] = scene.Store.Rows[0] with { Account = scene.Store.Rows[0].Account with { Good = 6000 } };
        CoverageReport report = await scene.AssessAsync();
        Assert.Equal(167 * 60, report.Devices[0].Good);
        Assert.Contains(report.Blockers, b => b.Contains("do not balance", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_of_a_device_hour_add_up()
    {
        DeviceResult device = await new Scene().Asset("A").Observed("A", due: 20).Observed("A", due: 40).AssessOneAsync();
        Assert.Equal((168 * 60, 168 * 60), (device.Good, device.Expected));
    }

    [Fact]
    public async Task Other_sites_do_not_matter()
    {
        Scene scene = new Scene().Asset("A").Observed("A");
        scene.Store.Rows.AddRange(scene.Store.Rows.ConvertAll(r => r with { Agent = r.Agent with { Site = "elsewhere" } }));
        Assert.Equal(168 * 60, (await scene.AssessOneAsync()).Expected);
    }
}
