namespace EdgeAgent.Collector.Buffer;

/// <summary>What the buffer holds and what became of everything that it ever held. Readings balance:
/// <c>BufferedReadings = AcknowledgedReadings + PendingReadings + DiscardedReadings</c>.</summary>
/// <param name="PendingBatches">Batches held.</param>
/// <param name="PendingReadings">Readings held.</param>
/// <param name="PendingBytes">Space that the held batches take in the database.</param>
/// <param name="BufferedReadings">Readings ever appended.</param>
/// <param name="AcknowledgedReadings">Readings that every cursor has passed.</param>
/// <param name="DiscardedReadings">Readings given up.</param>
/// <param name="UndeclaredReadings">Readings given up that no batch has declared yet.</param>
/// <param name="OldestTicks">When the oldest held batch was sealed; null when there is none.</param>
/// <param name="FileBytes">Size of the database and its write-ahead log on disk.</param>
/// <param name="IsFull">The last append failed for want of space or of a working disk.</param>
/// <param name="UndeclaredRanges">Ranges of batches given up that no batch has declared yet; some may have held no readings.</param>
public readonly record struct BufferStatistics(
    long PendingBatches,
    long PendingReadings,
    long PendingBytes,
    long BufferedReadings,
    long AcknowledgedReadings,
    long DiscardedReadings,
    long UndeclaredReadings,
    long? OldestTicks,
    long FileBytes,
    bool IsFull,
    int UndeclaredRanges = 0)
{
    public bool Balances => BufferedReadings == AcknowledgedReadings + PendingReadings + DiscardedReadings;
}
