using EdgeAgent.Collector.Buffer.Sqlite;

namespace EdgeAgent.Collector.Buffer;

/// <summary>What is known of a held batch without its bytes.</summary>
internal readonly record struct HeldBatch(
    long Sequence, long CreatedTicks, long FirstTicks, long LastTicks, int Readings, long StoredBytes, byte[] Accounts);

/// <param name="Batches">Rows.</param>
/// <param name="StoredBytes">Their space in the database.</param>
internal readonly record struct BatchSums(long Batches, long Readings, long StoredBytes);

/// <summary>The rows of batches, as the writer changes them.</summary>
internal sealed class BatchTable(SqliteConnectionHandle connection)
{
    /// <summary>The fixed columns of a row, rounded up.</summary>
    private const int FixedBytes = 80;

    private readonly SqliteStatement _insert = connection.Prepare("""
        INSERT INTO batches (sequence, created, first, last, readings, stored, definition, hash, accounts, signed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, "insert batch");

    private readonly SqliteStatement _sum = connection.Prepare(
        "SELECT count(*), total(readings), total(stored) FROM batches WHERE sequence BETWEEN ? AND ?", "sum batches");

    private readonly SqliteStatement _delete = connection.Prepare(
        "DELETE FROM batches WHERE sequence BETWEEN ? AND ?", "delete batches");

    private readonly SqliteStatement _oldest = connection.Prepare("""
        SELECT sequence, created, first, last, readings, stored, accounts FROM batches WHERE definition = 0 AND sequence >= ?
        ORDER BY sequence LIMIT ?
        """, "read oldest");

    private readonly SqliteStatement _one = connection.Prepare(
        "SELECT sequence, created, first, last, readings, stored, accounts FROM batches WHERE sequence = ?", "read one");

    private readonly SqliteStatement _ends = connection.Prepare(
        "SELECT min(sequence) FROM batches UNION ALL SELECT max(sequence) FROM batches", "read ends");

    public static long StoredBytes(int signedBytes, int accountsBytes) =>
        BufferSchema.StoredBytes(FixedBytes + accountsBytes + signedBytes);

    public long Insert(in BatchRecord record, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> accounts)
    {
        long stored = StoredBytes(signed.Length, accounts.Length);
        _insert.Bind(1, record.Sequence)
            .Bind(2, record.CreatedTicks)
            .Bind(3, record.FirstTicks)
            .Bind(4, record.LastTicks)
            .Bind(5, record.Readings)
            .Bind(6, stored)
            .Bind(7, record.CarriesDefinition ? 1 : 0)
            .Bind(8, record.Hash.Span)
            .Bind(9, accounts)
            .Bind(10, signed)
            .Run();
        return stored;
    }

    public BatchSums Delete(long first, long last)
    {
        _sum.Bind(1, first).Bind(2, last).Step();
        var sums = new BatchSums(_sum.Int64(0), _sum.Int64(1), _sum.Int64(2));
        _sum.Reset();
        if (sums.Batches > 0)
        {
            _delete.Bind(1, first).Bind(2, last).Run();
        }

        return sums;
    }

    /// <summary>The oldest batches that may be given up: those without a definition.</summary>
    public List<HeldBatch> ReadOldest(long fromSequence, int max)
    {
        var held = new List<HeldBatch>();
        _oldest.Bind(1, fromSequence).Bind(2, max);
        while (_oldest.Step())
        {
            held.Add(ReadHeld(_oldest));
        }

        _oldest.Reset();
        return held;
    }

    public HeldBatch? Find(long sequence)
    {
        HeldBatch? found = _one.Bind(1, sequence).Step() ? ReadHeld(_one) : null;
        _one.Reset();
        return found;
    }

    public (long? First, long? Last) ReadEnds()
    {
        _ends.Step();
        long? first = _ends.NullableInt64(0);
        _ends.Step();
        long? last = _ends.NullableInt64(0);
        _ends.Reset();
        return (first, last);
    }

    private static HeldBatch ReadHeld(SqliteStatement row) => new(
        row.Int64(0), row.Int64(1), row.Int64(2), row.Int64(3), (int)row.Int64(4), row.Int64(5), row.Blob(6).ToArray());
}
