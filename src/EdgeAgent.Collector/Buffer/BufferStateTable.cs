using EdgeAgent.Collector.Buffer.Sqlite;

namespace EdgeAgent.Collector.Buffer;

/// <summary>Reads and writes the row of meta.</summary>
internal sealed class BufferStateTable(SqliteConnectionHandle connection)
{
    private readonly SqliteStatement _save = connection.Prepare("""
        INSERT OR REPLACE INTO meta (id, incarnation, next_sequence, last_hash, accounted_until, reserved_sequence, boot, clean,
            pending_batches, pending_readings, pending_bytes, buffered_readings, acknowledged_readings, discarded_readings)
        VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, "write meta");

    private readonly SqliteStatement _load = connection.Prepare("""
        SELECT incarnation, next_sequence, last_hash, accounted_until, reserved_sequence, boot, clean, pending_batches,
            pending_readings, pending_bytes, buffered_readings, acknowledged_readings, discarded_readings FROM meta
        """, "read meta");

    public void Save(BufferState state)
    {
        Span<byte> incarnation = stackalloc byte[16];
        state.Incarnation.TryWriteBytes(incarnation);
        _save.Bind(1, incarnation)
            .Bind(2, state.NextSequence)
            .Bind(3, state.LastHash)
            .Bind(4, state.AccountedUntilTicks)
            .Bind(5, state.ReservedSequence)
            .Bind(6, state.Boot)
            .Bind(7, state.Clean ? 1 : 0)
            .Bind(8, state.PendingBatches)
            .Bind(9, state.PendingReadings)
            .Bind(10, state.PendingBytes)
            .Bind(11, state.BufferedReadings)
            .Bind(12, state.AcknowledgedReadings)
            .Bind(13, state.DiscardedReadings)
            .Run();
    }

    /// <summary>Reads the row; null when there is none.</summary>
    public BufferState? Load()
    {
        try
        {
            return _load.Step() ? Read(_load) : null;
        }
        finally
        {
            _load.Reset();
        }
    }

    private static BufferState Read(SqliteStatement row)
    {
        ReadOnlySpan<byte> incarnation = row.Blob(0);
        ReadOnlySpan<byte> hash = row.Blob(2);
        if (incarnation.Length != 16 || hash.Length != BufferState.HashBytes || row.Int64(1) < 1)
        {
            throw new SqliteFailure(SQLitePCL.raw.SQLITE_CORRUPT, "read meta", "the row of meta makes no sense");
        }

        return new BufferState
        {
            Incarnation = new Guid(incarnation),
            NextSequence = row.Int64(1),
            LastHash = hash.ToArray(),
            AccountedUntilTicks = row.NullableInt64(3),
            ReservedSequence = row.Int64(4),
            Boot = row.Text(5),
            Clean = row.Int64(6) != 0,
            PendingBatches = row.Int64(7),
            PendingReadings = row.Int64(8),
            PendingBytes = row.Int64(9),
            BufferedReadings = row.Int64(10),
            AcknowledgedReadings = row.Int64(11),
            DiscardedReadings = row.Int64(12),
        };
    }
}
