using EdgeAgent.Core.Model;
using EdgeAgent.Store.Sequences;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Store.Tests.Sequences;

public sealed class SequenceSetTests
{
    [Fact]
    public void Behaves_as_a_set_of_numbers_and_reports_changes_that_rebuild_it()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<(byte First, byte Length, bool Save)[]>(), steps =>
        {
            var set = new SequenceSet();
            var model = new SortedSet<long>();
            var saved = new SortedDictionary<long, long>();
            foreach ((byte first, byte length, bool save) in steps)
            {
                set.Add(first + 1, first + 1 + (length % 8));
                model.UnionWith(Enumerable.Range(first + 1, (length % 8) + 1).Select(i => (long)i));
                if (save)
                {
                    Save(set, saved);
                }
            }

            Save(set, saved);
            for (long i = 0; i < 300; i++)
            {
                Assert.Equal(model.Contains(i), set.Contains(i));
            }

            Assert.Equal(model.Count, set.Ranges.Sum(r => r.Last - r.First + 1));
            Assert.All(set.Ranges.Zip(set.Ranges.Skip(1)), pair => Assert.True(pair.First.Last + 1 < pair.Second.First));
            Assert.Equal(set.Ranges, saved.Select(r => new SequenceRange(r.Key, r.Value)));
            Assert.Equal(set.Ranges, new SequenceSet(set.Ranges.Reverse()).Ranges);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_union_counts_from_one()
    {
        var committed = new SequenceSet([new SequenceRange(1, 3), new SequenceRange(6, 6), new SequenceRange(9, 9)]);
        var discarded = new SequenceSet([new SequenceRange(4, 5), new SequenceRange(10, 12)]);
        SequenceRecord record = SequenceSet.Union(committed, discarded);
        Assert.Equal(6, record.Contiguous);
        Assert.Equal([new SequenceRange(9, 12)], record.Above);
        Assert.Equal(0, SequenceSet.Union(new SequenceSet([new SequenceRange(2, 5)]), new SequenceSet()).Contiguous);
    }

    [Fact]
    public void The_ends_of_the_number_range_do_no_harm()
    {
        var set = new SequenceSet();
        set.Add(long.MaxValue);
        set.Add(long.MaxValue - 1);
        set.Add(5, 4);
        Assert.Equal([new SequenceRange(long.MaxValue - 1, long.MaxValue)], set.Ranges);
    }

    private static void Save(SequenceSet set, SortedDictionary<long, long> saved) => set.TakeChanges((first, last) =>
    {
        if (last is { } end)
        {
            saved[first] = end;
        }
        else
        {
            saved.Remove(first);
        }
    });
}
