using EdgeAgent.Collector.Buffer.Sqlite;
using EdgeAgent.Core.Model;
using SQLitePCL;

namespace EdgeAgent.Collector.Buffer;

/// <summary>Looks into a buffer from outside, read-only, also while an agent works on it.</summary>
public sealed class BufferInspection : IDisposable
{
    private readonly string _directory;
    private readonly SqliteConnectionHandle _connection;

    private BufferInspection(string directory, SqliteConnectionHandle connection)
    {
        _directory = directory;
        _connection = connection;
    }

    /// <param name="directory">The buffer's directory, or the agent's data directory above it.</param>
    /// <exception cref="IOException">There is no buffer, or it cannot be read; the message says what to do.</exception>
    public static BufferInspection Open(string directory)
    {
        string found = File.Exists(BufferDatabase.PathIn(directory)) ? directory : Path.Combine(directory, BatchBuffer.DirectoryName);
        string path = BufferDatabase.PathIn(found);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no buffer in {directory}: expected {path}. Name the agent's data directory.");
        }

        try
        {
            var connection = SqliteConnectionHandle.Open(path, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_FULLMUTEX);
            connection.Execute("PRAGMA busy_timeout=5000");
            BufferSchema.Check(connection);
            return new BufferInspection(found, connection);
        }
        catch (SqliteFailure failure)
        {
            throw new IOException($"{path} cannot be read: {failure.Message}. Reading needs write access to the directory when no agent runs.", failure);
        }
    }

    /// <exception cref="IOException">The database is damaged.</exception>
    public BufferSummary ReadSummary() => Guard(() =>
    {
        // One transaction, so that all figures are of one moment.
        _connection.Execute("BEGIN");
        try
        {
            return Summarize();
        }
        finally
        {
            _connection.Execute("COMMIT");
        }
    });

    /// <summary>The batches held, ascending; each with its bytes, valid until the next one is asked for.</summary>
    /// <exception cref="IOException">The database is damaged.</exception>
    public IEnumerable<InspectedBatch> ReadBatches(long fromSequence = 0, long toSequence = long.MaxValue)
    {
        SqliteStatement rows = _connection.Prepare("""
            SELECT sequence, created, first, last, readings, definition, hash, signed FROM batches WHERE sequence > ? ORDER BY sequence LIMIT 64
            """, "dump");
        long after = fromSequence - 1;
        while (true)
        {
            // Blocks instead of one long read, which would keep a running agent's log from being reused.
            List<InspectedBatch> block = Guard(() => ReadBlock(rows, after, toSequence));
            if (block.Count == 0)
            {
                yield break;
            }

            foreach (InspectedBatch batch in block)
            {
                yield return batch;
            }

            after = block[^1].Sequence;
        }
    }

    public void Dispose() => _connection.Dispose();

    private static List<InspectedBatch> ReadBlock(SqliteStatement rows, long after, long toSequence)
    {
        var block = new List<InspectedBatch>();
        rows.Bind(1, after);
        while (rows.Step() && rows.Int64(0) <= toSequence)
        {
            block.Add(new InspectedBatch(
                rows.Int64(0), rows.Int64(1), rows.Int64(2), rows.Int64(3), rows.Int64(4), rows.Int64(5) != 0,
                rows.Blob(6).ToArray(), rows.Blob(7).ToArray()));
        }

        rows.Reset();
        return block;
    }

    private BufferSummary Summarize()
    {
        BufferState state = new BufferStateTable(_connection).Load()
            ?? throw new SqliteFailure(raw.SQLITE_CORRUPT, "read meta", "there is no row");
        var names = new DeviceNames(_connection);
        names.Load();
        var ledger = new DiscardLedger(_connection, names);
        ledger.Load();
        var cursors = new CursorTable(_connection);
        cursors.Load();
        return new BufferSummary(
            _directory, state.Incarnation, state.NextSequence, state.AccountedUntilTicks, state.PendingBatches, state.PendingReadings,
            state.PendingBytes, state.BufferedReadings, state.AcknowledgedReadings, state.DiscardedReadings,
            Optional("SELECT created FROM batches ORDER BY sequence LIMIT 1"),
            Optional("SELECT created FROM batches ORDER BY sequence DESC LIMIT 1"),
            new FileInfo(BufferDatabase.PathIn(_directory)).Length,
            [.. cursors.Names.Select(n => new CursorSummary(n, cursors.Passed(n).Contiguous))],
            ledger.ReadAll(),
            [.. Directory.GetFiles(_directory, "buffer.damaged-*.db").Order(StringComparer.Ordinal)]);
    }

    private long? Optional(string sql)
    {
        SqliteStatement row = _connection.Prepare(sql, "summarize");
        long? value = row.Step() ? row.Int64(0) : null;
        row.Reset();
        return value;
    }

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteFailure failure)
        {
            throw new IOException($"The buffer cannot be read: {failure.Message}", failure);
        }
    }
}

/// <param name="Contiguous">Everything up to here has been passed.</param>
public sealed record CursorSummary(string Name, long Contiguous);

/// <param name="DeclaredIn">The batch that declares the discard; null while none does.</param>
public sealed record DiscardSummary(DiscardedRange Range, long? DeclaredIn);

/// <summary>What a buffer holds at one moment.</summary>
public sealed record BufferSummary(
    string Directory,
    Guid Incarnation,
    long NextSequence,
    long? AccountedUntilTicks,
    long PendingBatches,
    long PendingReadings,
    long PendingBytes,
    long BufferedReadings,
    long AcknowledgedReadings,
    long DiscardedReadings,
    long? OldestTicks,
    long? NewestTicks,
    long FileBytes,
    IReadOnlyList<CursorSummary> Cursors,
    IReadOnlyList<DiscardSummary> Discards,
    IReadOnlyList<string> SetAside);

/// <summary>One batch as it lies in the buffer.</summary>
public sealed record InspectedBatch(
    long Sequence, long CreatedTicks, long FirstTicks, long LastTicks, long Readings, bool CarriesDefinition, byte[] Hash, byte[] Signed);
