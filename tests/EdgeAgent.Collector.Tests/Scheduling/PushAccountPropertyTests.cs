using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Model;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Collector.Tests.Scheduling;

/// <summary>Whatever devices send, whenever connections break: due is the number of instants, good never exceeds it, nothing that
/// arrived is lost from sight, and no more is filled than was missed, in every hour.</summary>
public sealed class PushAccountPropertyTests
{
    [Fact]
    public void Accounts_balance_and_due_is_the_grid() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll<int, PositiveInt>((seed, steps) => Balances(seed, steps.Get)));

    private static void Balances(int seed, int steps)
    {
        var random = new Random(seed);
        using var loop = new PushFixture([100, 1000], [250]);
        bool vouch = false, on = true;
        loop.Endpoint.Vouch = _ => vouch && loop.Endpoint.IsConnected;
        loop.Endpoint.CanConnect = () => on;
        long start = loop.NowTicks;
        loop.AccountedUntilTicks = random.Next(2) == 0 ? null : start - random.NextInt64(UnixTicks.PerHour * 2);
        loop.Start();
        long sent = 0, dropped = 0;
        for (int step = 0; step < steps * 4; step++)
        {
            switch (random.Next(11))
            {
                case 10:
                    loop.Endpoint.Report(new PushOutcome(PushKind.Live, random.Next(2), "lost", 1, random.Next(1, 30)));
                    break;
                case 0:
                    vouch = !vouch;
                    break;
                case 1:
                    on = !on;
                    break;
                case 2:
                    loop.Endpoint.Break();
                    break;
                case 3:
                    loop.Sink.IsFull = !loop.Sink.IsFull;
                    break;
                case 4 when random.Next(20) == 0:
                    loop.RunMs(random.Next(7_200_000));
                    break;
                case < 7:
                    loop.Endpoint.Send(random.Next(4) switch { 0 => PushKind.BackFilled, 1 => PushKind.BackFilledWithoutGaps, _ => PushKind.Live },
                        [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => Any(random, loop.NowTicks))]);
                    break;
                default:
                    loop.RunMs(random.Next(1500));
                    break;
            }
        }

        // Let everything that waits for a connection or for room arrive.
        on = true;
        loop.Sink.IsFull = false;
        loop.RunMs(90_000);
        sent = loop.Sink.Pushed.Count;
        dropped = loop.Loop.Dropped;
        long from = loop.AccountedUntilTicks ?? start;
        for (int device = 0; device < 2; device++)
        {
            ScanAccount total = loop.Sink[device];
            Assert.True(total.Balances, total.ToString());
            Assert.True(total.Good <= total.Due);
            long due = loop.Groups.Where(group => group.Device == device).Sum(
                group => group.TagIds.Count * Instants(from, loop.NowTicks, group.IntervalMs));
            Assert.Equal(due, total.Due);
        }

        Assert.Equal(sent + dropped, loop.Sink[0].Beyond + loop.Sink[1].Beyond);
        Assert.All(loop.Sink.ByHour.Values, row => Assert.True(row.Filled <= row.Missed, row.ToString()));
    }

    private static Reading Any(Random random, long now)
    {
        int tag = random.Next(6);
        long at = now - random.NextInt64(random.Next(2) == 0 ? UnixTicks.PerSecond : 2 * UnixTicks.PerHour);
        return random.Next(4) == 0 ? Reading.Failed(tag, Quality.BadSensorFailure, at) : Reading.Int64(tag, Quality.Good, at, random.Next(3));
    }

    private static long Instants(long from, long to, int intervalMs)
    {
        long interval = intervalMs * UnixTicks.PerMillisecond;
        return (to / interval) - ((from + interval - 1) / interval) + 1;
    }
}
