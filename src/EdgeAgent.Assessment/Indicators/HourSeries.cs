namespace EdgeAgent.Assessment.Indicators;

/// <summary>The hourly accounts of one source from the begin of its history to the end of what an assessment looks at.</summary>
/// <param name="blocks">The counts, which may go beyond both ends.</param>
/// <param name="fromHour">First hour that is looked at.</param>
/// <param name="toHour">End, exclusive.</param>
internal sealed class HourSeries(HourBlocks blocks, int fromHour, int toHour)
{
    /// <summary>The first hour with accounts, or null.</summary>
    public int? FirstHour { get; } = blocks.FirstIn(fromHour, toHour);

    /// <summary>Whether there are accounts of the hour; hours outside the series have none.</summary>
    public bool Has(int hour) => hour >= fromHour && hour < toHour && blocks.Has(hour);

    /// <summary>Readings due in an hour with accounts.</summary>
    public long DueAt(int hour) => blocks.DueAt(hour);

    /// <summary>The counts of an hour.</summary>
    public HourCounts At(int hour) => hour >= fromHour && hour < toHour ? blocks.At(hour) : default;

    /// <summary>Whether there are accounts of any hour of [from, to).</summary>
    public bool HasAny(int from, int to) => blocks.FirstIn(Math.Max(from, fromHour), Math.Min(to, toHour)) is not null;

    /// <summary>The part of the series that lies in [from, to).</summary>
    public HourSeries Slice(int from, int to) => new(blocks, Math.Max(from, fromHour), Math.Max(from, Math.Min(to, toHour)));

    /// <summary>The sum of several series over the same hours.</summary>
    public static HourSeries Sum(IReadOnlyList<HourSeries> parts, int fromHour, int toHour)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }

        HourBlocks sum = new();
        foreach (HourSeries part in parts)
        {
            part.CopyTo(sum, fromHour, toHour);
        }

        return new HourSeries(sum, fromHour, toHour);
    }

    /// <summary>Adds the hours [from, to) to other blocks.</summary>
    public void CopyTo(HourBlocks target, int from, int to)
    {
        for (int hour = from; hour < to; hour++)
        {
            if (Has(hour))
            {
                target.Add(hour, blocks.At(hour));
            }
        }
    }
}
