using EdgeAgent.Collector.Drivers.Modbus;
using EdgeAgent.Collector.Drivers.Modbus.Planning;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Registers;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Collector.Tests.Drivers.Modbus;

public sealed class BlockPlannerTests
{
    private static readonly Arbitrary<(ModbusTag[] Tags, ModbusDeviceSettings Limits)> Cases =
        (from tags in TagSets.Any from limits in TagSets.Limits select (tags, limits)).ToArbitrary();

    [Fact]
    public void Every_tag_lies_whole_in_exactly_one_request_within_the_limits() => Prop.ForAll(Cases, c =>
    {
        (ModbusTag[] sorted, List<ReadBlock> blocks) = Plan(c.Tags, c.Limits, new AddressFacts());
        var seen = new HashSet<int>();
        foreach (ReadBlock block in blocks)
        {
            Assert.True(block.ToRequest(1).IsValid);
            Assert.InRange(block.Count, 1, block.IsBitTable ? c.Limits.BitsMax : c.Limits.RegistersMax);
            foreach (ModbusTag tag in sorted[block.FirstTag..(block.FirstTag + block.TagCount)])
            {
                Assert.Equal(block.Function, tag.Function);
                Assert.True(tag.Address >= block.Address && tag.End <= block.End, $"{tag} torn by {block}");
                Assert.True(seen.Add(tag.Id));
            }
        }

        Assert.Equal(c.Tags.Length, seen.Count);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_gap_inside_a_request_is_wider_than_allowed() => Prop.ForAll(Cases, c =>
    {
        (ModbusTag[] sorted, List<ReadBlock> blocks) = Plan(c.Tags, c.Limits, new AddressFacts());
        foreach (ReadBlock block in blocks)
        {
            int end = block.Address;
            foreach (ModbusTag tag in sorted[block.FirstTag..(block.FirstTag + block.TagCount)])
            {
                Assert.True(tag.Address - end <= (block.IsBitTable ? c.Limits.GapBitsMax : c.Limits.GapRegistersMax));
                end = Math.Max(end, tag.End);
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_request_of_several_tags_contains_nothing_known_to_be_refused()
    {
        var cases = from c in Cases.Generator
                    from refused in (from start in Gen.Choose(0, 800) from length in Gen.Choose(1, 4) select (start, length)).ArrayOf()
                    select (c.Tags, c.Limits, Refused: refused);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var facts = new AddressFacts();
            foreach ((int start, int length) in c.Refused)
            {
                facts.Refuse(ModbusFunction.ReadHoldingRegisters, start, start + length);
            }

            (_, List<ReadBlock> blocks) = Plan(c.Tags, c.Limits, facts);
            Assert.Equal(c.Tags.Length, blocks.Sum(block => block.TagCount));
            Assert.All(blocks.Where(block => block.TagCount > 1), block => Assert.False(facts.Refuses(block.Function, block.Address, block.End)
                && !SomeTagIsRefused(c.Tags, block, facts)));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Complaint 4: one request per register, or only strictly contiguous merging.</summary>
    [Fact]
    public void Every_second_register_makes_one_request_not_one_each()
    {
        ModbusTag[] tags = [.. Enumerable.Range(0, 60).Select(i => TagSets.Register(i, i * 2))];
        (_, List<ReadBlock> blocks) = Plan(tags, new ModbusDeviceSettings(), new AddressFacts());
        Assert.Equal([new ReadBlock(ModbusFunction.ReadHoldingRegisters, 0, 119, 0, 60)], blocks);
    }

    [Fact]
    public void A_thousand_contiguous_registers_make_eight_requests()
    {
        ModbusTag[] tags = [.. Enumerable.Range(0, 1000).Select(i => TagSets.Register(i, i))];
        (_, List<ReadBlock> blocks) = Plan(tags, new ModbusDeviceSettings(), new AddressFacts());
        Assert.Equal(8, blocks.Count);
    }

    [Fact]
    public void A_32_bit_value_at_the_limit_moves_whole_into_the_next_request()
    {
        ModbusTag[] tags = [.. Enumerable.Range(0, 100).Select(i => TagSets.Register(i, i * 2, ModbusValueType.Float32))];
        (_, List<ReadBlock> blocks) = Plan(tags, new ModbusDeviceSettings(), new AddressFacts());
        Assert.Equal([124, 76], blocks.Select(block => block.Count));
    }

    [Fact]
    public void Splitting_keeps_every_tag_whole() => Prop.ForAll(Cases, c =>
    {
        (ModbusTag[] sorted, List<ReadBlock> blocks) = Plan(c.Tags, c.Limits, new AddressFacts());
        foreach (ReadBlock block in blocks.Where(block => block.TagCount > 1))
        {
            (ReadBlock left, ReadBlock right) = BlockPlanner.Split(sorted, block);
            Assert.Equal(block.TagCount, left.TagCount + right.TagCount);
            Assert.Equal(left.FirstTag + left.TagCount, right.FirstTag);
            foreach (ReadBlock half in new[] { left, right })
            {
                Assert.All(sorted[half.FirstTag..(half.FirstTag + half.TagCount)], tag => Assert.True(tag.Address >= half.Address && tag.End <= half.End));
            }
        }
    }).QuickCheckThrowOnFailure();

    private static bool SomeTagIsRefused(ModbusTag[] tags, ReadBlock block, AddressFacts facts) =>
        tags.Any(tag => tag.Function == block.Function && facts.Refuses(tag.Function, tag.Address, tag.End));

    private static (ModbusTag[] Sorted, List<ReadBlock> Blocks) Plan(ModbusTag[] tags, ModbusDeviceSettings limits, AddressFacts facts)
    {
        ModbusTag[] sorted = BlockPlanner.Sort(tags);
        var blocks = new List<ReadBlock>();
        BlockPlanner.Plan(sorted, limits, facts, blocks);
        return (sorted, blocks);
    }
}
