using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Scheduling;

public sealed class EndpointLoopTests
{
    [Fact]
    public void Every_due_instant_is_scanned_once_and_on_time()
    {
        using LoopFixture loop = new LoopFixture([100]).Start(50);
        loop.RunMs(1000);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => 50L + (i * 100)), loop.Endpoint.Scans.Select(scan => scan.AtMs));
        Assert.Equal(20, loop.Sink[0].Good);
        Assert.Equal(0, loop.Sink[0].Missed);
    }

    [Fact]
    public void Twenty_milliseconds_are_kept()
    {
        using LoopFixture loop = new LoopFixture([20]).Start();
        loop.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(501 * 2, loop.Sink[0].Good);
        Assert.Equal(20, loop.Loop.Devices[0].Meter.AchievedPeriodMs, 6);
        Assert.Equal(0, loop.Loop.Devices[0].Meter.Overruns);
    }

    [Fact]
    public void A_slow_device_misses_instants_which_are_counted_and_never_merged()
    {
        using LoopFixture loop = new LoopFixture([100]);
        loop.Endpoint.DurationMs = (_, _) => 250;
        loop.Start();
        loop.RunMs(10_000);

        // Scans at 0, 250, 500 ...: of each 2.5 instants one is served and the others are missed.
        ScanAccount total = loop.Sink[0];
        Assert.Equal(total.Due, total.Good + total.Missed);
        int scans = loop.Endpoint.Scans.Count;
        Assert.Equal(40 + 1, scans);
        Assert.InRange(total.Missed / 2, 58, 60);
        Assert.True(loop.Loop.Devices[0].Meter.Overruns >= 39);
        Assert.Equal(250, loop.Loop.Devices[0].Meter.AchievedPeriodMs, 1.0);
    }

    [Fact]
    public void A_pause_of_the_whole_process_is_counted_as_missed_instants()
    {
        using LoopFixture loop = new LoopFixture([100]);
        loop.Endpoint.DurationMs = (_, _) => loop.Endpoint.Scans.Count == 1 ? 5000 : 0;
        loop.Start();
        loop.RunMs(6000);
        Assert.Equal(49 * 2, loop.Sink[0].Missed);
        Assert.Equal(61 * 2, loop.Sink[0].Due);
    }

    [Fact]
    public void Missed_instants_are_booked_in_the_hours_in_which_they_were_due()
    {
        using LoopFixture loop = new LoopFixture([1000]);
        loop.Endpoint.DurationMs = (_, _) => loop.Endpoint.Scans.Count == 1 ? 2 * 3600 * 1000 : 0;
        loop.Start();
        loop.Run(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));
        Assert.Equal(3, loop.Sink.Hours.Count);
        Assert.Equal(7202 * 2, loop.Sink[0].Due);
    }

    /// <summary>Complaint 7: an agent that ends or never recovers when a device is off at its start.</summary>
    [Fact]
    public void A_device_that_is_off_at_the_start_is_just_down_and_is_found_when_it_comes()
    {
        using LoopFixture loop = new LoopFixture([1000]);
        bool on = false;
        loop.Endpoint.CanConnect = () => on;
        loop.Start();
        loop.Run(TimeSpan.FromMinutes(10));
        Assert.Equal(0, loop.Sink[0].Good);
        Assert.Equal(0, loop.Sink[0].Missed);
        Assert.All(loop.Sink.Readings, reading => Assert.Equal(Quality.BadNotConnected, reading.Quality));
        Assert.InRange(loop.Endpoint.FailedConnects, 20, 40);

        on = true;
        loop.Run(TimeSpan.FromSeconds(31));
        Assert.True(loop.Sink[0].Good > 0);
        Assert.Equal(601 + 31, loop.Sink[0].Due / 2);
    }

    /// <summary>Complaint 1: one dead device stops the others on its line.</summary>
    [Fact]
    public void A_dead_device_is_quarantined_and_its_neighbour_misses_nothing()
    {
        using LoopFixture loop = new LoopFixture([1000], [1000]);
        loop.Endpoint.Answer = (_, device) => device == 0 ? ScanAnswer.Silent : ScanAnswer.Answered;
        loop.Endpoint.DurationMs = (request, device) => device == 1 ? 5 : request.ProbeDeadlineMs > 0 ? request.ProbeDeadlineMs : 1000;
        loop.Start(0, 100);
        loop.Run(TimeSpan.FromMinutes(10));
        Assert.Equal(600 * 2, loop.Sink[1].Good);
        Assert.Equal(0, loop.Sink[1].Missed);
        Assert.True(loop.Loop.Devices[0].IsQuarantined);
        Assert.Equal(601 * 2, loop.Sink[0].Due);
        int probes = loop.Endpoint.Scans.Count(scan => scan.Group == 0);
        Assert.InRange(probes, 8, 25);
        Assert.Equal(1, loop.Endpoint.Connects);
    }

    [Fact]
    public void A_device_that_answers_again_leaves_quarantine_at_once()
    {
        using LoopFixture loop = new LoopFixture([100], [100]);
        bool dead = true;
        loop.Endpoint.Answer = (_, device) => device == 0 && dead ? ScanAnswer.Silent : ScanAnswer.Answered;
        loop.Start();
        loop.Run(TimeSpan.FromMinutes(5));
        dead = false;
        loop.Run(TimeSpan.FromSeconds(61));
        long good = loop.Sink[0].Good;
        loop.Run(TimeSpan.FromSeconds(10));
        Assert.False(loop.Loop.Devices[0].IsQuarantined);
        Assert.Equal(good + 200, loop.Sink[0].Good);
    }

    [Fact]
    public void A_probe_waits_no_longer_than_the_neighbours_shortest_period()
    {
        using LoopFixture loop = new LoopFixture([1000], [250]);
        loop.Endpoint.Answer = (_, device) => device == 0 ? ScanAnswer.Silent : ScanAnswer.Answered;
        loop.Start();
        loop.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(250, loop.Endpoint.Scans.Last(scan => scan.Group == 0).ProbeDeadlineMs);
    }

    /// <summary>Complaint 2, for polled protocols: connected but silent.</summary>
    [Fact]
    public void A_connection_over_which_nothing_answers_is_made_anew()
    {
        using LoopFixture loop = new LoopFixture([100]);
        loop.Endpoint.Answer = (_, _) => loop.Endpoint.Connects > 1 ? ScanAnswer.Answered : ScanAnswer.Silent;
        loop.Start();
        loop.Run(TimeSpan.FromSeconds(30));
        Assert.Equal(2, loop.Endpoint.Connects);
        Assert.True(loop.Sink[0].Good > 0);
    }

    /// <summary>Complaint 8: floods of reconnects.</summary>
    [Fact]
    public void A_peer_that_hangs_up_after_each_answer_is_not_flooded_with_connects()
    {
        using LoopFixture loop = new LoopFixture([20]);
        loop.Endpoint.Answer = (_, _) => ScanAnswer.ConnectionLost;
        loop.Start();
        loop.Run(TimeSpan.FromMinutes(10));
        Assert.InRange(loop.Endpoint.Connects, 20, 60);
        Assert.Equal(loop.Sink[0].Due, loop.Sink[0].Bad + loop.Sink[0].Missed);
    }

    [Fact]
    public void A_lost_connection_is_made_again_at_once_and_only_the_readings_in_between_are_bad()
    {
        using LoopFixture loop = new LoopFixture([100]).Start();
        loop.Run(TimeSpan.FromSeconds(10));
        loop.Endpoint.Drop();
        loop.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(2, loop.Endpoint.Connects);
        Assert.InRange(loop.Sink[0].Bad / 2, 1, 2);
        Assert.Equal(201 * 2, loop.Sink[0].Due);
    }

    [Fact]
    public void A_fault_in_the_driver_is_a_bad_reading_and_not_the_end()
    {
        using LoopFixture loop = new LoopFixture([100]);
        int scans = 0;
        loop.Endpoint.Answer = (_, _) => ++scans % 2 == 0 ? throw new InvalidDataException("a bug") : ScanAnswer.Answered;
        loop.Start();
        loop.RunMs(999);
        Assert.Equal(10, loop.Sink[0].Good);
        Assert.Equal(10, loop.Sink[0].Bad);
        Assert.Contains(loop.Sink.Readings, reading => reading.Quality == Quality.BadUnexpectedError);
    }

    [Fact]
    public void What_finds_no_room_is_counted_as_dropped_when_there_is_room_again()
    {
        using LoopFixture loop = new LoopFixture([100]).Start();
        loop.RunMs(950);
        loop.Sink.IsFull = true;
        loop.RunMs(1000);
        loop.Sink.IsFull = false;
        loop.RunMs(1000);
        Assert.Equal(30 * 2, loop.Sink[0].Due);
        Assert.Equal(10 * 2, loop.Sink[0].Dropped);
        Assert.Equal(20 * 2, loop.Sink[0].Buffered);
    }

    [Fact]
    public void What_was_due_while_the_agent_was_down_is_booked_as_missed()
    {
        using LoopFixture loop = new LoopFixture([1000], [100]);
        loop.AccountedUntilTicks = UnixTicks.Now(loop.Time) - (90 * 60 * UnixTicks.PerSecond);
        loop.Start();
        Assert.Equal(5400 * 2, loop.Sink[0].MissedWhileDown);
        Assert.Equal(54_000 * 2, loop.Sink[1].MissedWhileDown);
        Assert.True(loop.Sink.Hours.Count >= 2);
    }

    [Fact]
    public void A_wall_clock_that_jumps_changes_nothing_but_the_stamps()
    {
        using LoopFixture loop = new LoopFixture([100]).Start();
        loop.RunMs(950);
        loop.Time.JumpWallClock(TimeSpan.FromDays(-3000));
        loop.RunMs(1000);
        loop.Time.JumpWallClock(TimeSpan.FromDays(6000));
        loop.RunMs(1000);
        Assert.Equal(30 * 2, loop.Sink[0].Good);
        Assert.Equal(0, loop.Sink[0].Missed);
    }

    [Fact]
    public async Task A_stop_ends_the_scan_under_way_and_books_its_instant_as_missed()
    {
        using LoopFixture loop = new LoopFixture([1000]);
        loop.Endpoint.DurationMs = (_, _) => 400;
        loop.Start();
        loop.RunMs(1200);
        await loop.StopAsync();
        Assert.Equal(2 * 2, loop.Sink[0].Due);
        Assert.Equal(1 * 2, loop.Sink[0].Missed);
        Assert.Equal(2, loop.Endpoint.Scans.Count);
    }

    /// <summary>After a reload the next loop counts from the instant at which this one ended, whatever was under way or waited.</summary>
    [Fact]
    public async Task Nothing_that_was_due_before_a_stop_is_left_uncounted()
    {
        using LoopFixture loop = new LoopFixture([1000, 500], [100]);
        loop.Endpoint.DurationMs = (request, _) => request.Group < 2 ? 5000 : 0;
        loop.Start();
        loop.RunMs(3250);
        long until = await loop.StopAsync();

        // From 0 on, and the end included only where it is not a due instant: 4 of the slow group, 7 and 33 of the others.
        Assert.Equal(UnixTicks.Now(loop.Time), until);
        Assert.Equal((4 + 7) * 2, loop.Sink[0].Due);
        Assert.Equal((4 + 7) * 2, loop.Sink[0].Missed);
        Assert.Equal(33 * 2, loop.Sink[1].Due);
        Assert.Equal(33 * 2, loop.Sink[1].Good);
    }

    [Fact]
    public void While_a_long_stop_is_booked_the_frontier_stays_behind_what_is_not()
    {
        using LoopFixture loop = new LoopFixture([1000]);
        long now = UnixTicks.Now(loop.Time);
        loop.AccountedUntilTicks = now - (5 * UnixTicks.PerHour);
        loop.Start();

        long booked = loop.AccountedUntilTicks.Value;
        foreach (ScanResult result in loop.Sink.Results.Where(result => result.Account.Missed > 0))
        {
            booked += result.Account.Missed / 2 * UnixTicks.PerSecond;
            long frontier = now - StampArithmetic.StampsToTicks(loop.Time.GetTimestamp() - result.NextDueStamp, loop.Time);
            Assert.Equal(booked, frontier);
        }

        Assert.Equal(now, booked);
    }

    [Fact]
    public void A_simulated_device_is_never_booked_as_live()
    {
        using LoopFixture loop = new LoopFixture([100]);
        loop.Endpoint.Simulated = true;
        loop.Start();
        loop.RunMs(1000);
        Assert.All(loop.Sink.Results, result => Assert.Equal(Provenance.Simulated, result.Account.Provenance));
    }

    [Fact]
    public void Groups_of_one_device_never_overlap()
    {
        using LoopFixture loop = new LoopFixture([100, 1000]);
        int running = 0;
        loop.Endpoint.DurationMs = (_, _) =>
        {
            Assert.Equal(1, ++running);
            loop.Time.CreateTimer(_ => running--, null, TimeSpan.FromMilliseconds(29), Timeout.InfiniteTimeSpan);
            return 30;
        };
        loop.Start();
        loop.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(loop.Sink[0].Due, loop.Sink[0].Good + loop.Sink[0].Missed);
        Assert.Equal(0, loop.Sink[0].Bad);
    }
}
