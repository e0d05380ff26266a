using System.Text;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Scheduling;

public sealed class PushLoopTests
{
    [Fact]
    public void A_vouched_value_is_good_at_every_instant_however_long_it_stays_the_same()
    {
        using PushFixture loop = new PushFixture([1000]).Start();
        loop.Endpoint.Vouch = _ => true;
        loop.Endpoint.SendGood(0, 7);
        loop.Endpoint.SendGood(1, 8);
        loop.RunMs(60_000);
        ScanAccount account = loop.Sink[0];
        Assert.Equal((120, 120, 0), (account.Due, account.Good, account.Missed));
        Assert.Equal((2, 120, 2), (account.Beyond, account.Filtered, account.Buffered));
    }

    [Fact]
    public void Readings_between_two_instants_are_all_stored_and_make_no_more_good_than_due()
    {
        using PushFixture loop = new PushFixture([1000]).Start();
        for (int i = 0; i < 1000; i++)
        {
            loop.Endpoint.SendGood(0, i);
            loop.Endpoint.SendGood(1, i);
            loop.RunMs(10);
        }

        ScanAccount account = loop.Sink[0];
        Assert.Equal((20, 20), (account.Due, account.Good));
        Assert.Equal((2000, 2000), (account.Beyond, account.Buffered));
        Assert.Equal(2000, loop.Sink.Pushed.Count);
        Assert.Equal(20, account.Changed);
    }

    [Fact]
    public void Without_a_sign_of_life_an_interval_without_a_reading_is_missed_and_consumers_are_told_once()
    {
        using PushFixture loop = new PushFixture([1000]).Start();
        loop.Endpoint.SendGood(0, 1);
        loop.Endpoint.SendGood(1, 1);
        loop.RunMs(5000);
        Assert.Equal((10, 2, 8), (loop.Sink[0].Due, loop.Sink[0].Good, loop.Sink[0].Missed));
        Assert.Equal([Quality.BadTimeout, Quality.BadTimeout], loop.Sink.Pushed.Skip(2).Select(item => item.Reading.Quality));
        Assert.Equal(4, loop.Loop.Devices[0].SilentScans);

        loop.Endpoint.SendGood(0, 2);
        loop.RunMs(1000);
        Assert.Equal(3, loop.Sink[0].Good);
        Assert.Equal(0, loop.Loop.Devices[0].SilentScans);
    }

    [Fact]
    public void A_bad_reading_counts_as_bad_until_a_good_one_comes()
    {
        using PushFixture loop = new PushFixture([1000]).Start();
        loop.Endpoint.Vouch = _ => true;
        loop.Endpoint.SendGood(1, 1);
        loop.Endpoint.Send(Reading.Failed(0, Quality.BadSensorFailure, loop.NowTicks));
        loop.RunMs(3000);
        Assert.Equal((3, 3), (loop.Sink[0].Good, loop.Sink[0].Bad));
        loop.Endpoint.SendGood(0, 1);
        loop.RunMs(1000);
        Assert.Equal((5, 3), (loop.Sink[0].Good, loop.Sink[0].Bad));
    }

    [Fact]
    public void After_a_loss_a_value_counts_again_only_from_its_next_reading_on()
    {
        using PushFixture loop = new PushFixture([1000]).Start();
        loop.Endpoint.Vouch = _ => loop.Endpoint.IsConnected;
        loop.Endpoint.SendGood(0, 1);
        loop.Endpoint.SendGood(1, 1);
        loop.RunMs(2000);
        bool on = false;
        loop.Endpoint.CanConnect = () => on;
        loop.Endpoint.Break();
        loop.RunMs(10_000);
        Assert.Equal((4, 20), (loop.Sink[0].Good, loop.Sink[0].Missed));
        Assert.All(loop.Sink.Pushed.Skip(2), item => Assert.Equal(Quality.BadNotConnected, item.Reading.Quality));
        Assert.Equal(4, loop.Sink.Pushed.Count);

        on = true;
        loop.RunMs(30_000);
        Assert.Equal(2, loop.Endpoint.Connects);
        Assert.Equal(4, loop.Sink[0].Good);
        loop.Endpoint.SendGood(0, 1);
        loop.RunMs(2000);
        Assert.Equal(6, loop.Sink[0].Good);
    }

    /// <summary>A source dates a value by its last change: the value that stands when it comes back is older than the word that it is gone.</summary>
    [Fact]
    public void A_value_that_is_older_than_the_silence_it_ends_is_told_once_more_as_of_now()
    {
        using PushFixture loop = new PushFixture([1000]).Start();
        bool vouched = false;
        loop.Endpoint.Vouch = _ => vouched;
        long before = loop.NowTicks - TimeSpan.TicksPerHour;
        loop.RunMs(2000);
        Assert.Equal([Quality.BadWaitingForInitialData, Quality.BadWaitingForInitialData], loop.Sink.Pushed.Select(item => item.Reading.Quality));

        vouched = true;
        loop.Endpoint.Send(Reading.Int64(0, Quality.Good, before, 7), Reading.Int64(0, Quality.Good, before + 1, 8), Reading.Int64(1, Quality.Good, loop.NowTicks, 9));
        loop.RunMs(2000);
        Reading[] told = [.. loop.Sink.Pushed.Skip(2).Select(item => item.Reading)];
        Assert.Equal([7, 8, 9, 8], told.Select(reading => (long)reading.Bits));
        Assert.Equal(8ul, loop.Sink.Pushed.Select(item => item.Reading).Where(r => r.TagId == 0).MaxBy(r => r.SourceTicks).Bits);
        Assert.True(loop.Sink[0].Balances);

        loop.Endpoint.Send(Reading.Int64(0, Quality.Good, before + 2, 10)); // It is not silent any more, whatever its clock says.
        loop.RunMs(3000);
        Assert.Equal(5, loop.Sink.Pushed.Count(item => item.Reading.TagId == 0));
    }

    /// <summary>What a server kept during a cut comes oldest first: none of it is what stands now until the newest is there.</summary>
    [Fact]
    public void Values_kept_during_a_silence_are_told_under_their_own_times_only()
    {
        using PushFixture loop = new PushFixture([200]).Start();
        loop.Endpoint.Vouch = _ => loop.Endpoint.IsConnected;
        long before = loop.NowTicks;
        loop.RunMs(2000);
        for (int i = 0; i < 10; i++)
        {
            loop.Endpoint.Send(Reading.Int64(0, Quality.Good, before + i, i));
            loop.RunMs(400);
        }

        loop.Endpoint.Send(Reading.Int64(0, Quality.Good, loop.NowTicks, 10));
        loop.RunMs(5000);
        Reading[] values = [.. loop.Sink.Pushed.Select(item => item.Reading).Where(r => r is { TagId: 0, Quality.IsGood: true })];
        Assert.Equal(Enumerable.Range(0, 11).Select(i => (ulong)i), values.Select(r => r.Bits));
        Assert.Equal(values.OrderBy(r => r.SourceTicks), values);
    }

    [Fact]
    public void A_text_that_returns_keeps_its_bytes_under_its_new_time()
    {
        var arrived = new ReadingBatch();
        arrived.AddText(0, Quality.Good, 5, "运行");
        Reading text = arrived.Readings[0];
        var into = new ReadingBatch();
        new ReturnedValue(text, [.. arrived.BytesOf(text)], ArrivedTicks: 7).AddTo(into, 9);
        Assert.Equal((9, "运行"), (into.Readings[0].SourceTicks, Encoding.UTF8.GetString(into.BytesOf(into.Readings[0]))));
    }

    [Fact]
    public void An_endpoint_that_is_never_reached_has_every_instant_missed_and_its_tags_bad_once()
    {
        using PushFixture loop = new PushFixture([1000]);
        loop.Endpoint.CanConnect = () => false;
        loop.Start();
        loop.RunMs(600_000);
        Assert.Equal((1200, 1200), (loop.Sink[0].Due, loop.Sink[0].Missed));
        Assert.Equal([Quality.BadNotConnected, Quality.BadNotConnected], loop.Sink.Pushed.Select(item => item.Reading.Quality));
    }

    [Fact]
    public void Back_filled_readings_fill_the_gap_in_its_hours_and_disturb_nothing_of_the_present()
    {
        using PushFixture loop = new PushFixture([60_000]).Start();
        loop.Endpoint.Vouch = _ => loop.Endpoint.IsConnected;
        loop.Endpoint.SendGood(0, 1);
        loop.Endpoint.SendGood(1, 1);
        loop.RunMs(60_000);
        long lostAt = loop.NowTicks;
        bool on = false;
        loop.Endpoint.CanConnect = () => on;
        loop.Endpoint.Break();
        loop.RunMs(3_600_000);
        on = true;
        loop.RunMs(60_000);
        loop.Endpoint.SendGood(0, 99);
        long missed = loop.Sink[0].Missed;

        for (int minute = 0; minute < 60; minute++)
        {
            long at = lostAt + (minute * 60 * UnixTicks.PerSecond) + UnixTicks.PerSecond;
            loop.Endpoint.Send(PushKind.BackFilled, Reading.Int64(0, Quality.Good, at, minute), Reading.Int64(0, Quality.Good, at + 1, minute));
        }

        loop.RunMs(60_000);
        ScanAccount account = loop.Sink[0];
        Assert.Equal(60, account.Filled);
        Assert.True(account.Missed >= missed);
        Assert.Equal(2, loop.Sink.ByHour.Count(row => row.Value.Filled > 0));
        Assert.All(loop.Sink.ByHour.Values, row => Assert.True(row.Filled <= row.Missed));
        Assert.Equal(120, loop.Sink.Pushed.Count(item => item.BackFilled));
        Assert.Equal(3, account.Good); // Two before the gap, tag 0 after it.
    }

    [Fact]
    public void A_back_fill_without_gaps_fills_what_lies_between_its_changes()
    {
        using PushFixture loop = new PushFixture([1000]).Start();
        loop.Endpoint.Vouch = _ => loop.Endpoint.IsConnected;
        loop.Endpoint.SendGood(0, 1);
        loop.RunMs(1000);
        long lostAt = loop.NowTicks;
        bool on = false;
        loop.Endpoint.CanConnect = () => on;
        loop.Endpoint.Break();
        loop.RunMs(100_000);
        on = true;
        loop.RunMs(30_000);
        long At(int second) => lostAt + (second * UnixTicks.PerSecond);
        loop.Endpoint.Send(
            PushKind.BackFilledWithoutGaps,
            Reading.Int64(0, Quality.Good, At(10), 2),
            Reading.Failed(0, Quality.BadSensorFailure, At(20)),
            Reading.Int64(0, Quality.Good, At(30), 3),
            Reading.Int64(0, Quality.Good, At(40), 4));
        loop.RunMs(1000);

        // Instants 1 to 20 and 31 to 41 after the loss; from 21 to 30 it was bad.
        Assert.Equal(20 + 11, loop.Sink[0].Filled);
    }

    [Fact]
    public void What_was_due_while_the_agent_was_down_is_missed_and_can_be_filled()
    {
        using PushFixture loop = new PushFixture([1000]);
        long until = loop.NowTicks - (10 * UnixTicks.PerSecond);
        loop.AccountedUntilTicks = until;
        loop.Start();
        Assert.Equal((20, 20), (loop.Sink[0].Missed, loop.Sink[0].MissedWhileDown));
        loop.Endpoint.Send(PushKind.BackFilled, [.. Enumerable.Range(1, 10).Select(i => Reading.Int64(1, Quality.Good, until + (i * UnixTicks.PerSecond) - (2 * UnixTicks.PerMillisecond), i))]);
        Assert.Equal(10, loop.Sink[0].Filled);
    }

    [Fact]
    public void A_held_up_loop_counts_vouched_values_for_the_instants_it_was_late_for_and_misses_the_others()
    {
        using PushFixture loop = new PushFixture([100], [100]).Start();
        loop.Endpoint.Vouch = group => group == 0;
        for (int tag = 0; tag < 4; tag++)
        {
            loop.Endpoint.SendGood(tag, 1);
        }

        loop.Endpoint.Vouch = group =>
        {
            if (loop.Sink[0].Due == 0 && group == 0)
            {
                loop.Time.Advance(TimeSpan.FromSeconds(1));
            }

            return group == 0;
        };
        loop.RunMs(2000);
        Assert.Equal(loop.Sink[0].Due, loop.Sink[0].Good);
        Assert.Equal(loop.Sink[0].Due, loop.Sink[1].Due);
        Assert.Equal(2, loop.Sink[1].Good);
    }

    [Fact]
    public async Task What_arrived_before_a_stop_is_stored_and_the_stop_says_until_when_all_is_booked()
    {
        using PushFixture loop = new PushFixture([1000]).Start();
        loop.RunMs(2500);
        loop.Endpoint.SendGood(0, 5);
        long until = await loop.StopAsync();
        Assert.Equal(loop.NowTicks, until);
        Assert.Contains(loop.Sink.Pushed, item => item.Reading.Quality.IsGood);
    }

    [Fact]
    public void A_full_pipeline_costs_readings_which_are_counted_and_no_instants()
    {
        using PushFixture loop = new PushFixture([1000]).Start();
        loop.Endpoint.Vouch = _ => true;
        loop.Sink.IsFull = true;
        for (int i = 0; i < 10; i++)
        {
            loop.Endpoint.SendGood(0, i);
            loop.Endpoint.SendGood(1, i);
            loop.RunMs(1000);
        }

        loop.Sink.IsFull = false;
        loop.RunMs(1000);
        ScanAccount account = loop.Sink[0];
        Assert.Equal((22, 22, 0), (account.Due, account.Good, account.Missed));
        Assert.Equal((20, 20), (account.Beyond, account.Dropped));
        Assert.Equal(20, loop.Loop.Dropped);
    }

    [Fact]
    public void A_driver_that_throws_or_names_a_tag_that_is_not_there_costs_its_connection_or_the_readings_only()
    {
        using PushFixture loop = new PushFixture([1000]).Start();
        loop.Endpoint.SendGood(77, 1);
        loop.Endpoint.SendGood(0, 1);
        loop.RunMs(1000);
        Assert.Equal(1, loop.Sink[0].Good);
        Assert.Equal(1, loop.Endpoint.Connects);
    }

    [Fact]
    public void A_simulator_is_a_simulator_whatever_it_sends()
    {
        using PushFixture loop = new PushFixture([1000]).Start();
        loop.Endpoint.Simulated = true;
        loop.RunMs(1000);
        loop.Endpoint.SendGood(0, 1);
        Assert.All(loop.Sink.Results.Where(result => result.Account.Due > 0), result => Assert.Equal(Provenance.Simulated, result.Account.Provenance));
        Assert.Equal(Provenance.Simulated, loop.Sink.Results[^1].Pushed!.Provenances[0]);
    }

    [Fact]
    public void Losses_and_problems_that_a_driver_reports_show_at_the_device()
    {
        using PushFixture loop = new PushFixture([1000]).Start();
        loop.Endpoint.Report(new PushOutcome(PushKind.Live, 0, "frames 5 to 7 never came", Lost: 3));
        Assert.Equal((3, "frames 5 to 7 never came"), (loop.Loop.Devices[0].Lost, loop.Loop.Devices[0].LastProblem));
        loop.Endpoint.Report(new PushOutcome(PushKind.Live, 0));
        Assert.Null(loop.Loop.Devices[0].LastProblem);
    }
}
