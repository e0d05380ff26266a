using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Model;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Collector.Tests.Scheduling;

/// <summary>Messages that a counter tells to be lost are missed instants: as many as were lost, and never more than there were.</summary>
public sealed class PushGapTests
{
    private int _messages;

    [Fact]
    public void A_lost_message_whose_instant_the_next_one_would_have_served_is_missed_all_the_same()
    {
        using PushFixture loop = new PushFixture([1500]).Start();
        Send(loop, gap: 0);
        loop.RunMs(1500);
        Assert.Equal((2, 2, 0), (loop.Sink[0].Due, loop.Sink[0].Good, loop.Sink[0].Missed));
        Send(loop, gap: 1);
        loop.RunMs(1500);
        Assert.Equal((4, 2, 2), (loop.Sink[0].Due, loop.Sink[0].Good, loop.Sink[0].Missed));

        // The value stands, and nobody is told that it does not.
        Assert.All(loop.Sink.Pushed, item => Assert.True(item.Reading.Quality.IsGood));
        Send(loop, gap: 0);
        loop.RunMs(1500);
        Assert.Equal((6, 4, 2), (loop.Sink[0].Due, loop.Sink[0].Good, loop.Sink[0].Missed));
    }

    [Fact]
    public void Instants_that_were_silent_already_are_not_missed_twice()
    {
        using PushFixture loop = new PushFixture([1000]).Start();
        Send(loop, gap: 0);
        loop.RunMs(1000);
        loop.RunMs(3000);
        Send(loop, gap: 3);
        loop.RunMs(1000);
        Assert.Equal((10, 4, 6), (loop.Sink[0].Due, loop.Sink[0].Good, loop.Sink[0].Missed));
    }

    [Fact]
    public void A_gap_takes_nothing_from_the_instants_to_come()
    {
        using PushFixture loop = new PushFixture([1000]).Start();
        Send(loop, gap: 0);
        loop.RunMs(1000);
        Send(loop, gap: 5000);
        loop.RunMs(1000);
        Send(loop, gap: 0);
        loop.RunMs(1000);
        Assert.Equal((6, 4, 2), (loop.Sink[0].Due, loop.Sink[0].Good, loop.Sink[0].Missed));
    }

    [Fact]
    public void A_gap_of_one_device_is_not_its_neighbours()
    {
        using PushFixture loop = new PushFixture([1000], [1000]).Start();
        loop.Endpoint.SendGood(2, 1);
        loop.Endpoint.SendGood(3, 1);
        Send(loop, gap: 2);
        loop.RunMs(1000);
        Assert.Equal((2, 0), (loop.Sink[0].Missed, loop.Sink[1].Missed));
    }

    [Fact]
    public void Each_gap_is_as_many_missed_instants_as_messages_were_lost_and_no_more_than_there_were() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll<int>(seed => Holds(new Random(seed))));

    /// <summary>Compares with the rule written down anew: instants in a row since the last message, and what of them was lost.</summary>
    private void Holds(Random random)
    {
        const int interval = 1000;
        using PushFixture loop = new PushFixture([interval]).Start();
        long missed = 0, silent = 0, due = 0;
        bool arrived = false, gapped = false;
        for (int step = 0; step < 200; step++)
        {
            if (random.Next(3) == 0)
            {
                int gap = random.Next(2) * random.Next(6);
                Send(loop, gap);
                arrived = true;

                // Instants already missed in silence account for lost messages; the one that is left is that of this interval.
                long accounted = Math.Min(gap, silent);
                silent -= accounted;
                gapped |= gap > accounted;
            }

            loop.RunMs(interval);
            due++;
            missed += !arrived || gapped ? 1 : 0;
            silent = arrived ? 0 : silent + 1;
            arrived = gapped = false;
        }

        ScanAccount account = loop.Sink[0];
        Assert.True(account.Balances, account.ToString());
        Assert.Equal((2 * due, 2 * missed, 2 * (due - missed)), (account.Due, account.Missed, account.Good));
        Assert.All(loop.Sink.ByHour.Values, row => Assert.True(row.Balances && row.Filled <= row.Missed, row.ToString()));
    }

    private void Send(PushFixture loop, int gap)
    {
        if (gap > 0)
        {
            loop.Endpoint.Report(new PushOutcome(PushKind.Live, 0, "lost", gap, gap));
        }

        loop.Endpoint.SendGood(0, ++_messages);
        loop.Endpoint.SendGood(1, _messages);
    }
}
