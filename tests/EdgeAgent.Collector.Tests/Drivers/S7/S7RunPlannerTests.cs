using EdgeAgent.Collector.Drivers.S7;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.S7;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Collector.Tests.Drivers.S7;

public sealed class S7RunPlannerTests
{
    [Fact]
    public void Every_tag_lies_whole_in_one_run_and_every_request_fits()
    {
        Gen<S7Tag[]> tags =
            from count in Gen.Choose(0, 60)
            from places in Gen.ArrayOf(Gen.Zip(Gen.Choose(1, 3), Gen.Choose(0, 400)), count)
            from widths in Gen.ArrayOf(Gen.Elements(1, 2, 4, 8, 40, S7Compiler.TagBytesMax), count)
            select places.Select((p, i) => new S7Tag(i, "t", new S7Address(S7Area.DataBlock, p.Item1, p.Item2, -1, 0), TagType.Bytes, widths[i], null)).ToArray();
        var inputs = from t in tags from gap in Gen.Choose(0, 40) from pdu in Gen.Elements(240, 480, 960) from alone in Gen.Choose(0, 3) select (t, gap, pdu, alone);
        Prop.ForAll(inputs.ToArbitrary(), input =>
        {
            HashSet<int> alone = [.. Enumerable.Range(0, input.t.Length).Where(i => input.alone > 0 && i % 4 == input.alone)];
            S7Tag[] sorted = S7RunPlanner.Sort(input.t);
            List<S7Run> runs = S7RunPlanner.Plan(sorted, input.gap, input.pdu, alone);
            Assert.Equal(sorted.Length, runs.Sum(r => r.TagCount));
            int offset = 0, next = 0;
            foreach (S7Run run in runs)
            {
                Assert.Equal((offset, next), (run.Offset, run.FirstTag));
                offset += run.Item.Length;
                next += run.TagCount;
                Assert.True(S7Frames.AnswerBytes(1, run.Item.Length) <= input.pdu);
                foreach (S7Tag tag in sorted.AsSpan(run.FirstTag, run.TagCount))
                {
                    Assert.Equal(run.Item.Block, tag.Address.Block);
                    Assert.InRange(tag.Address.Start, run.Item.Start, run.Item.Start + run.Item.Length - tag.Bytes);
                    Assert.True(run.TagCount == 1 || !alone.Contains(tag.Id));
                }
            }

            for (int first = 0; first < runs.Count;)
            {
                int count = S7RunPlanner.FitCount(runs, first, input.pdu);
                Assert.InRange(count, 1, Math.Min(S7Frames.ItemsMax, runs.Count - first));
                int data = runs.Skip(first).Take(count).Select((r, i) => i < count - 1 ? (r.Item.Length + 1) / 2 * 2 : r.Item.Length).Sum();
                Assert.True(S7Frames.AnswerBytes(count, data) <= input.pdu && S7Frames.RequestBytes(count) <= input.pdu);
                first += count;
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Neighbours_share_an_item_and_distant_ones_do_not()
    {
        S7Tag[] tags = [Tag(0, 0, 4), Tag(1, 4, 2), Tag(2, 20, 4), Tag(3, 60, 4)];
        List<S7Run> runs = S7RunPlanner.Plan(S7RunPlanner.Sort(tags), 16, 240, new HashSet<int>());
        Assert.Equal([(0, 24, 3), (60, 4, 1)], runs.Select(r => (r.Item.Start, r.Item.Length, r.TagCount)));
    }

    private static S7Tag Tag(int id, int start, int bytes) => new(id, $"t{id}", new S7Address(S7Area.DataBlock, 1, start, -1, 0), TagType.Bytes, bytes, null);
}
