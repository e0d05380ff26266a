namespace EdgeAgent.Collector.Drivers.Modbus.Planning;

/// <summary>Turns tags into as few requests as the device allows.</summary>
/// <remarks>Greedy from the lowest address on: a request takes the next tag along while the gap before it is small enough, the
/// request stays within the device's limit, and it would not contain anything the device is known to refuse. A tag always lies
/// whole in one request, so a value is never torn. A tag by itself is always planned, whatever is known.</remarks>
internal static class BlockPlanner
{
    /// <summary>Brings tags into the order in which <see cref="Plan"/> wants them.</summary>
    public static ModbusTag[] Sort(IEnumerable<ModbusTag> tags) =>
        [.. tags.OrderBy(tag => tag.Function).ThenBy(tag => tag.Address).ThenBy(tag => tag.Count).ThenBy(tag => tag.Id)];

    /// <param name="sorted">Tags in the order of <see cref="Sort"/>.</param>
    public static void Plan(ReadOnlySpan<ModbusTag> sorted, ModbusDeviceSettings limits, AddressFacts facts, List<ReadBlock> into)
    {
        into.Clear();
        int first = 0;
        while (first < sorted.Length)
        {
            ModbusTag head = sorted[first];
            int most = facts.CountMax(head.Function, head.IsBitTable ? limits.BitsMax : limits.RegistersMax);
            int gapMost = head.IsBitTable ? limits.GapBitsMax : limits.GapRegistersMax;
            int end = head.End;
            int next = first + 1;
            for (; next < sorted.Length; next++)
            {
                ModbusTag tag = sorted[next];
                int wider = Math.Max(end, tag.End);
                if (tag.Function != head.Function || tag.Address - end > gapMost || wider - head.Address > most
                    || facts.Refuses(head.Function, head.Address, wider))
                {
                    break;
                }

                end = wider;
            }

            into.Add(new ReadBlock(head.Function, head.Address, end - head.Address, first, next - first));
            first = next;
        }
    }

    /// <summary>Halves a request that serves more than one tag, at the tag boundary nearest its middle.</summary>
    public static (ReadBlock Left, ReadBlock Right) Split(ReadOnlySpan<ModbusTag> sorted, in ReadBlock block)
    {
        int middle = block.FirstTag + (block.TagCount / 2);
        return (Cover(sorted, block.FirstTag, middle), Cover(sorted, middle, block.FirstTag + block.TagCount));
    }

    private static ReadBlock Cover(ReadOnlySpan<ModbusTag> sorted, int from, int to)
    {
        ModbusTag head = sorted[from];
        int end = head.End;
        for (int i = from + 1; i < to; i++)
        {
            end = Math.Max(end, sorted[i].End);
        }

        return new ReadBlock(head.Function, head.Address, end - head.Address, from, to - from);
    }
}
