using System.Runtime.InteropServices;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>The tags of an endpoint whose devices send by themselves: what arrived, how each stands, and which missed instants were filled.</summary>
internal sealed class PushedTags
{
    /// <summary>So long nothing more may have arrived for a tag before it is said what stands.</summary>
    private const long QuietTicks = TimeSpan.TicksPerSecond;

    private readonly PushGroup[] _groups;
    private readonly PushedTag[] _tags;

    // By tag; nearly always empty.
    private readonly Dictionary<int, ReturnedValue> _returned = [];

    public PushedTags(PushGroup[] groups)
    {
        _groups = groups;
        int count = groups.SelectMany(group => group.Group.TagIds).DefaultIfEmpty(-1).Max() + 1;
        _tags = new PushedTag[count];
        Devices = new int[count];
        foreach (PushGroup group in groups)
        {
            foreach (int tag in group.Group.TagIds)
            {
                _tags[tag].Group = group.Group.Index;
                Devices[tag] = group.Device.Index;
            }
        }
    }

    /// <summary>The device of each tag.</summary>
    public int[] Devices { get; }

    /// <summary>Missed readings that were filled, by group and hour, until they are booked.</summary>
    public Dictionary<(int Group, int Hour), long> Filled { get; } = [];

    /// <summary>Takes a reading in that tells of the present.</summary>
    /// <returns>Its device.</returns>
    public int Take(in Reading reading, ReadingBatch batch, long nowTicks)
    {
        ref PushedTag tag = ref _tags[reading.TagId];
        tag.Take(reading, batch.BytesOf(reading));
        if (tag.ToldSilentTicks != 0)
        {
            if (reading.SourceTicks <= tag.ToldSilentTicks)
            {
                _returned[reading.TagId] = new ReturnedValue(reading, [.. batch.BytesOf(reading)], nowTicks);
            }
            else
            {
                tag.ToldSilentTicks = 0;
                _returned.Remove(reading.TagId);
            }
        }

        return Devices[reading.TagId];
    }

    /// <summary>Notes a time in which the agent was down.</summary>
    public void NoteDown(PushGroup group, long fromTicks, long toTicks)
    {
        long count = group.Grid.CountIn(fromTicks, toTicks);
        if (count > 0)
        {
            long first = group.Grid.IndexAtOrAfter(fromTicks);
            foreach (int tag in group.Group.TagIds)
            {
                _tags[tag].Missed.Add(first, count);
            }
        }
    }

    /// <summary>How the tags of a group stand at a run of instants, all alike.</summary>
    /// <param name="firstIndex">Number of the first instant.</param>
    /// <param name="instants">How many.</param>
    /// <param name="vouched">Whether silence means that nothing changed.</param>
    /// <param name="ownInterval">Whether what arrived since the last look belongs to this one, which then ends that interval.</param>
    /// <param name="inGap">Whether a message is known to be lost that should have served the instant: it is missed, and what stands does so still.</param>
    public InstantCounts Look(PushGroup group, long firstIndex, long instants, bool vouched, bool ownInterval, bool inGap = false)
    {
        int good = 0, bad = 0, missed = 0, changed = 0;
        foreach (int id in group.TagIds)
        {
            ref PushedTag tag = ref _tags[id];
            TagStanding standing = tag.At(vouched, ownInterval);
            bool isLost = inGap && standing is TagStanding.Good or TagStanding.Bad;
            switch (isLost ? TagStanding.Silent : standing)
            {
                case TagStanding.Good:
                    good++;
                    changed += ownInterval && tag.HasChanged ? 1 : 0;
                    break;
                case TagStanding.Bad:
                    bad++;
                    break;
                default:
                    missed++;
                    if (tag.Standing is TagStanding.Good or TagStanding.Bad)
                    {
                        tag.FillIsGood = tag.Standing == TagStanding.Good;
                    }

                    tag.Missed.Add(firstIndex, instants);
                    if (ownInterval && !isLost)
                    {
                        // Of a bad one consumers know already.
                        tag.IsUntold |= tag.Standing is TagStanding.Good or TagStanding.Unknown;
                        tag.Standing = tag.Standing == TagStanding.Bad ? TagStanding.Silent : tag.Standing;
                    }

                    break;
            }

            if (ownInterval)
            {
                tag.BeginInterval();
            }
        }

        return new InstantCounts(good, bad, missed, changed);
    }

    /// <summary>Whether anything of the group has come since the last due instant.</summary>
    public bool HasArrived(PushGroup group)
    {
        foreach (int id in group.TagIds)
        {
            if (_tags[id].GoodArrived || _tags[id].BadArrived)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a tag of the group fell silent and consumers do not know yet.</summary>
    public bool HasUntold(PushGroup group)
    {
        foreach (int id in group.TagIds)
        {
            if (_tags[id].IsUntold)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a reading without a value for each tag that fell silent.</summary>
    public void TellSilent(PushGroup group, bool isConnected, long nowTicks, ReadingBatch into)
    {
        foreach (int id in group.TagIds)
        {
            ref PushedTag tag = ref _tags[id];
            if (tag.IsUntold)
            {
                Quality quality = !isConnected ? Quality.BadNotConnected
                    : tag.Standing == TagStanding.Unknown ? Quality.BadWaitingForInitialData
                    : Quality.BadTimeout;
                into.Add(Reading.Failed(id, quality, nowTicks));
                tag.IsUntold = false;
                tag.Standing = TagStanding.Silent;
                tag.ToldSilentTicks = nowTicks;
                _returned.Remove(id);
            }
        }
    }

    /// <summary>Whether a value stands that is older than the word that its tag is silent.</summary>
    public bool HasReturned => _returned.Count > 0;

    /// <summary>Says of the tags of a group that came back what they are now, where the newest that arrived is older than the word that they
    /// are silent.</summary>
    /// <remarks>A source dates a value by its last change, which may lie before the silence. Whoever goes by time, as every store does,
    /// would believe the silence until the value changes again. While more is arriving, something newer may be on its way: what a
    /// server kept during a cut comes oldest first.</remarks>
    /// <param name="group">One whose values stand now, as its source vouches.</param>
    public void TellBack(PushGroup group, long nowTicks, ReadingBatch into)
    {
        foreach (int id in group.TagIds)
        {
            if (_returned.TryGetValue(id, out ReturnedValue value) && nowTicks - value.ArrivedTicks >= QuietTicks)
            {
                ref PushedTag tag = ref _tags[id];
                value.AddTo(into, Math.Max(nowTicks, tag.ToldSilentTicks + 1));
                tag.ToldSilentTicks = 0;
                _returned.Remove(id);
            }
        }
    }

    /// <summary>Fills missed instants with readings of a time that is over; what was filled is in <see cref="Filled"/> then.</summary>
    /// <param name="withoutGaps">Whether a value stands until the next one.</param>
    public void Fill(ReadingBatch readings, bool withoutGaps)
    {
        foreach (ref readonly Reading reading in readings.Readings)
        {
            ref PushedTag tag = ref _tags[reading.TagId];
            PushGroup group = _groups[tag.Group];
            bool isGood = reading.Quality.IsGood;
            bool reachesBack = withoutGaps && tag.FillIsGood;
            tag.FillIsGood = isGood;

            // A bad reading ends the time for which the good one before it stood.
            long index = group.Grid.IndexAtOrAfter(reading.SourceTicks) - (isGood ? 0 : 1);
            if (isGood || reachesBack)
            {
                Count(group, tag.Missed.Fill(index, reachesBack, out long first), first);
            }
        }
    }

    private void Count(PushGroup group, long instants, long first)
    {
        while (instants > 0)
        {
            long here = Math.Min(instants, group.Grid.InstantsLeftInHour(first));
            CollectionsMarshal.GetValueRefOrAddDefault(Filled, (group.Group.Index, group.Grid.HourOf(first)), out _) += here;
            first += here;
            instants -= here;
        }
    }
}
