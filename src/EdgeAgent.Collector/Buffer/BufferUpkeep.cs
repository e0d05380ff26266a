namespace EdgeAgent.Collector.Buffer;

/// <summary>What the writer does about once a second beside its work: the age cap, the reserve, and giving free space back.</summary>
internal sealed class BufferUpkeep(TimeProvider time, RetentionCaps caps, SpaceRecovery space)
{
    /// <summary>Free space kept in the file, so that a short outage does not grow it anew each time.</summary>
    private const long KeepFreeBytes = 16 << 20;

    /// <summary>Pages given back at a time: 1 MiB, so that an append does not wait behind it.</summary>
    private const int ShrinkPages = 256;

    private static readonly TimeSpan AgeInterval = TimeSpan.FromMinutes(1);

    private long? _ageChecked;

    /// <returns>Whether anything changed.</returns>
    public bool Run(BufferDatabase database)
    {
        bool changed = false;
        long now = time.GetTimestamp();
        if (_ageChecked is not { } last || time.GetElapsedTime(last, now) >= AgeInterval)
        {
            _ageChecked = now;
            database.Begin();
            changed = caps.ApplyAge(database) > 0;
            if (changed)
            {
                database.Commit();
            }
            else
            {
                database.RollBack();
            }
        }

        // While the disk is full, the freed pages are what the next append lives on.
        if (space.TryRelax(database) && !space.IsFull && database.FreeBytes() > Math.Max(KeepFreeBytes, database.State.PendingBytes))
        {
            database.Shrink(ShrinkPages);
        }

        return changed;
    }
}
