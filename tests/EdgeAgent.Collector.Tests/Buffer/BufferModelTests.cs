using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Buffer;

/// <summary>Random actions against a model that is too simple to be wrong. A failing seed is kept as a case.</summary>
public sealed class BufferModelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20251113)]
    public Task Kept_seeds(int seed) => RunAsync(seed, actions: 400);

    [Fact]
    public async Task New_seeds()
    {
        int start = Random.Shared.Next();
        for (int i = 0; i < 10; i++)
        {
            await RunAsync(start + i, actions: 150);
        }
    }

    private static async Task RunAsync(int seed, int actions)
    {
        var random = new Random(seed);
        await using var f = new BufferFixture(o => o with { SizeBytesMax = 96 << 10, Cursors = ["hub", "plant"] });
        var model = new Model();
        for (int action = 0; action < actions; action++)
        {
            int what = random.Next(100);
            if (what < 55)
            {
                Append(f, model, random);
            }
            else if (what < 85)
            {
                Acknowledge(f, model, random);
            }
            else if (what < 90)
            {
                f.Options = f.Options with { SizeBytesMax = random.Next(64, 200) << 10 };
                await f.ReopenAsync();
            }
            else if (what < 95)
            {
                await f.KillAndReopenAsync();
            }
            else
            {
                f.Time.Advance(TimeSpan.FromSeconds(random.Next(5)) * (random.Next(10) == 0 ? 1000 : 1));
            }

            await f.Buffer.FlushAsync();
            model.Check(f, $"seed {seed}, action {action} ({what})");
        }
    }

    private static void Append(BufferFixture f, Model model, Random random)
    {
        long sequence = f.Buffer.NextSequence;
        bool definition = random.Next(12) == 0;
        int readings = random.Next(1, 200);
        DiscardedSnapshot declared = random.Next(3) == 0 ? f.Buffer.TakeDiscarded() : DiscardedSnapshot.Empty;
        model.Declare(declared);
        int size = random.Next(4) == 0 ? random.Next(20_000) : random.Next(600);
        Assert.Equal(AppendStatus.Appended, f.Append(size + 1, definition, declared, readings));
        model.Appended[sequence] = (readings, definition);
        model.Hours[sequence] = UnixTicks.HourOf(UnixTicks.Now(f.Time));
    }

    private static void Acknowledge(BufferFixture f, Model model, Random random)
    {
        string cursor = random.Next(2) == 0 ? "hub" : "plant";
        long next = f.Buffer.NextSequence;
        long contiguous = f.Buffer.PassedContiguous(cursor) + random.Next(-3, 4);
        long first = random.NextInt64(1, next + 2);
        var above = new SequenceRange(first, first + random.Next(5));
        f.Buffer.Acknowledge(cursor, f.Buffer.Incarnation, contiguous, [above]);
        HashSet<long> passed = model.Passed[cursor];
        foreach (long sequence in model.Appended.Keys.Where(s => s <= contiguous || (s >= above.First && s <= above.Last)))
        {
            passed.Add(sequence);
        }
    }

    private sealed class Model
    {
        public Dictionary<long, (int Readings, bool Definition)> Appended { get; } = [];

        public Dictionary<string, HashSet<long>> Passed { get; } = new() { ["hub"] = [], ["plant"] = [] };

        public Dictionary<long, int> Hours { get; } = [];

        /// <summary>Every range that a batch ever declared.</summary>
        private HashSet<SequenceRange> Declared { get; } = [];

        /// <summary>What the hub relies on: of two ranges one holds the other or they have nothing in common, and the rows of a range are
        /// the accounts of exactly its batches.</summary>
        public void Declare(DiscardedSnapshot snapshot)
        {
            foreach (DiscardedRange range in snapshot.Ranges)
            {
                var now = new SequenceRange(range.FirstSequence, range.LastSequence);
                Assert.All(Declared, before => Assert.True(
                    before.Last < now.First || now.Last < before.First || (now.First <= before.First && before.Last <= now.Last)));
                Declared.Add(now);
                IEnumerable<DiscardedAccount> rows = Appended.Where(a => a.Key >= now.First && a.Key <= now.Last)
                    .SelectMany(a => BufferFixture.Accounts(Hours[a.Key], a.Value.Readings))
                    .GroupBy(r => (r.Hour, r.Device, r.Provenance))
                    .OrderBy(g => g.Key)
                    .Select(g => new DiscardedAccount(g.Key.Device, g.Key.Hour, g.Key.Provenance, g.Sum(r => r.Due), g.Sum(r => r.Readings)));
                Assert.Equal(rows, range.Accounts.OrderBy(a => (a.Hour, a.Device, a.Provenance)));
            }
        }

        public void Check(BufferFixture f, string where)
        {
            BufferStatistics statistics = f.Buffer.ReadStatistics();
            Assert.True(f.Buffer.NextSequence == Appended.Count + 1, where);
            HashSet<long> held = [.. f.ReadAll("hub"), .. f.ReadAll("plant")];
            foreach ((string cursor, HashSet<long> passed) in Passed)
            {
                Assert.True(f.ReadAll(cursor).SequenceEqual(held.Where(s => !passed.Contains(s)).Order()), $"{where}: {cursor}");
            }

            // What is not held was passed by all, or given up.
            HashSet<long> gone = [.. Appended.Keys.Where(s => !held.Contains(s))];
            HashSet<long> givenUp = [.. gone.Where(s => !Passed.Values.All(p => p.Contains(s)))];
            Assert.True(held.All(s => !Passed.Values.All(p => p.Contains(s))), $"{where}: held though passed by all");
            Assert.True(givenUp.All(s => !Appended[s].Definition), $"{where}: a definition was given up");
            long newestGivenUp = givenUp.Count == 0 ? 0 : givenUp.Max();
            Assert.True(held.All(s => Appended[s].Definition || s > newestGivenUp), $"{where}: not the oldest went first");
            Assert.True(statistics.PendingReadings == held.Sum(s => Appended[s].Readings), $"{where}: {statistics}");
            Assert.True(statistics.DiscardedReadings >= givenUp.Sum(s => Appended[s].Readings), $"{where}: {statistics}");
            Assert.True(statistics.BufferedReadings == Appended.Values.Sum(a => a.Readings), $"{where}: {statistics}");
            Assert.True(statistics.Balances, $"{where}: {statistics}");
            Assert.True(statistics.UndeclaredReadings <= statistics.DiscardedReadings, $"{where}: {statistics}");
        }
    }
}
