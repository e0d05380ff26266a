namespace EdgeAgent.Collector.Buffer;

/// <summary>What the last commit left behind, for everyone outside the writer thread. Immutable, replaced as a whole.</summary>
/// <param name="Generation">Grows when the database is replaced, so that readers open the new one.</param>
internal sealed record BufferView(
    int Generation,
    Guid Incarnation,
    long NextSequence,
    ReadOnlyMemory<byte> LastHash,
    long? AccountedUntilTicks,
    long PendingBatches,
    long PendingReadings,
    long PendingBytes,
    long BufferedReadings,
    long AcknowledgedReadings,
    long DiscardedReadings,
    long UndeclaredReadings,
    int UndeclaredRanges,
    bool MayDeclare)
{
    /// <summary>Readings given up that each cursor had not passed, since the buffer was opened.</summary>
    public IReadOnlyDictionary<string, long> DiscardedOf { get; init; } = new Dictionary<string, long>();

    public static BufferView Of(BufferDatabase database, int generation)
    {
        BufferState state = database.State;
        return new BufferView(
            generation, state.Incarnation, state.NextSequence, state.LastHash, state.AccountedUntilTicks, state.PendingBatches,
            state.PendingReadings, state.PendingBytes, state.BufferedReadings, state.AcknowledgedReadings, state.DiscardedReadings,
            database.Ledger.UndeclaredReadings, database.Ledger.UndeclaredRanges, database.Ledger.MayDeclare)
        {
            DiscardedOf = database.Cursors.DiscardedOf,
        };
    }
}
