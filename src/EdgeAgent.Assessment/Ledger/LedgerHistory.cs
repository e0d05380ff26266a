namespace EdgeAgent.Assessment.Ledger;

/// <summary>Everything that ever happened to a site's ledger, oldest first. Immutable; appending gives a new one.</summary>
public sealed class LedgerHistory
{
    /// <summary>Stands for the hash of the event before the first.</summary>
    public const string NoHash = "0000000000000000000000000000000000000000000000000000000000000000";

    private readonly Lock _gate = new();
    private (int Count, DeviceLedger Ledger)? _folded;

    public LedgerHistory(string site, IReadOnlyList<LedgerEvent> events)
    {
        Site = site;
        Events = events;
    }

    public string Site { get; }

    public IReadOnlyList<LedgerEvent> Events { get; }

    /// <summary>Hash of the newest event. Whoever noted it can tell later that no event up to it was changed, removed or inserted.</summary>
    public string HeadHash => Events.Count == 0 ? NoHash : Events[^1].Hash;

    /// <summary>The ledger with every event in it.</summary>
    public DeviceLedger Latest => Fold(Events.Count);

    /// <summary>The ledger as it was recorded at an instant: every event until then, that instant included.</summary>
    public DeviceLedger AsOf(long ticks) => Fold(CountUntil(ticks));

    /// <summary>Whether an event with this hash is in the history; what a report printed must be.</summary>
    public bool Contains(string hash) => hash == NoHash || Events.Any(e => e.Hash == hash);

    /// <summary>Events recorded in (fromTicks, toTicks].</summary>
    public IReadOnlyList<LedgerEvent> Between(long fromTicks, long toTicks)
    {
        int from = CountUntil(fromTicks);
        return [.. Events.Skip(from).Take(CountUntil(toTicks) - from)];
    }

    /// <summary>Events are in the order of their time.</summary>
    private int CountUntil(long ticks)
    {
        int low = 0;
        int high = Events.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Events[middle].AtTicks <= ticks ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private DeviceLedger Fold(int count)
    {
        lock (_gate)
        {
            if (_folded is not { } folded || folded.Count != count)
            {
                LedgerState state = new();
                for (int i = 0; i < count; i++)
                {
                    state.Apply(Events[i]);
                }

                _folded = folded = (count, state.ToLedger());
            }

            return folded.Ledger;
        }
    }
}
