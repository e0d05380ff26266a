namespace EdgeAgent.Collector.Buffer;

/// <summary>Gives the oldest batches up when the buffer holds more, or older ones, than it may. Runs inside the writer's transaction.</summary>
internal sealed class RetentionCaps(BufferOptions options, ClockWatch clock)
{
    /// <summary>Most batches given up in one transaction, so that a lowered cap does not block appends for long.</summary>
    private const int BatchesMax = 2048;

    /// <summary>Makes room under the size cap for the bytes that are about to be inserted.</summary>
    public void ApplySize(BufferDatabase database, long incomingBytes)
    {
        long excess = database.State.PendingBytes + incomingBytes - options.SizeBytesMax;
        if (excess > 0)
        {
            GiveUp(database, excess, DiscardReasons.SizeCap, _ => true);
        }
    }

    /// <summary>Gives up batches that are too old, unless the clock has just jumped.</summary>
    public int ApplyAge(BufferDatabase database)
    {
        if (!clock.IsSteady(out long nowTicks))
        {
            return 0;
        }

        long oldest = nowTicks - options.AgeMax.Ticks;
        return GiveUp(
            database, long.MaxValue, DiscardReasons.AgeCap, b => b.CreatedTicks < oldest && b.CreatedTicks >= ClockWatch.PlausibleTicks);
    }

    /// <summary>Frees at least so many bytes, oldest first; stops at the first batch that may stay.</summary>
    /// <returns>How many batches were given up.</returns>
    public static int GiveUp(BufferDatabase database, long bytes, string reason, Func<HeldBatch, bool> mayGo)
    {
        int given = 0;
        long from = 0;
        while (bytes > 0 && given < BatchesMax)
        {
            // One at a time is the steady state at the cap; many only after a cap was lowered.
            List<HeldBatch> oldest = database.ReadOldest(from, given == 0 ? 2 : 64);
            foreach (HeldBatch batch in oldest)
            {
                if (bytes <= 0 || !mayGo(batch))
                {
                    return given;
                }

                database.Discard(batch, reason);
                bytes -= batch.StoredBytes;
                from = batch.Sequence + 1;
                given++;
            }

            if (oldest.Count == 0)
            {
                break;
            }
        }

        return given;
    }
}
