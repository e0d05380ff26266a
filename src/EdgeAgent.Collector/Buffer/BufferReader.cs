using EdgeAgent.Collector.Buffer.Sqlite;
using SQLitePCL;

namespace EdgeAgent.Collector.Buffer;

/// <summary>The connection on which publishers read. Each read is short, so that it never keeps the write-ahead log from being reused.</summary>
internal sealed class BufferReader(string directory, Sqlite.ISqliteFaults? faults) : IDisposable
{
    private readonly object _gate = new();
    private SqliteConnectionHandle? _connection;
    private SqliteStatement? _after;
    private SqliteStatement? _one;
    private SqliteStatement? _oldest;
    private int _generation;
    private bool _disposed;

    /// <summary>Reads batches after a sequence, ascending, until one of the limits is passed.</summary>
    /// <param name="beforeSequence">The next sequence as published: a row beyond it is committed but not yet announced, so its
    /// acknowledgement would come too early to be believed, and its number may not be reserved on disk yet.</param>
    /// <returns>Whether the end of the buffer was reached.</returns>
    /// <exception cref="SqliteFailure">The database cannot be read.</exception>
    public bool Read(int generation, long afterSequence, long beforeSequence, int batchesMax, int bytesMax, SequenceSet? passed, BufferBlock into)
    {
        into.Clear();
        lock (_gate)
        {
            Open(generation);
            SqliteStatement rows = _after!.Bind(1, afterSequence).Bind(2, beforeSequence);
            try
            {
                while (rows.Step())
                {
                    if (passed is null || !passed.Contains(rows.Int64(0)))
                    {
                        into.Add(rows.Int64(0), rows.Int64(1), (int)rows.Int64(2), rows.Blob(4), rows.Blob(3));
                    }

                    if (into.Batches.Count >= batchesMax || into.SignedBytes >= bytesMax)
                    {
                        return false;
                    }
                }

                return true;
            }
            finally
            {
                rows.Reset();
            }
        }
    }

    public bool ReadOne(int generation, long sequence, BufferBlock into)
    {
        into.Clear();
        lock (_gate)
        {
            Open(generation);
            SqliteStatement row = _one!.Bind(1, sequence);
            try
            {
                if (!row.Step())
                {
                    return false;
                }

                into.Add(row.Int64(0), row.Int64(1), (int)row.Int64(2), row.Blob(4), row.Blob(3));
                return true;
            }
            finally
            {
                row.Reset();
            }
        }
    }

    /// <summary>When the oldest held batch was sealed.</summary>
    public long? ReadOldestTicks(int generation)
    {
        lock (_gate)
        {
            Open(generation);
            try
            {
                return _oldest!.Step() ? _oldest.Int64(0) : null;
            }
            finally
            {
                _oldest!.Reset();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Close();
        }
    }

    private void Open(int generation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_connection is not null && _generation == generation)
        {
            return;
        }

        Close();
        _connection = SqliteConnectionHandle.Open(
            BufferDatabase.PathIn(directory), raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_FULLMUTEX, faults);
        _connection.Execute("PRAGMA busy_timeout=5000; PRAGMA query_only=ON; PRAGMA cache_size=-1024", "open reader");
        _after = _connection.Prepare(
            "SELECT sequence, created, readings, hash, signed FROM batches WHERE sequence > ? AND sequence < ? ORDER BY sequence",
            "read batches");
        _one = _connection.Prepare("SELECT sequence, created, readings, hash, signed FROM batches WHERE sequence = ?", "read batches");
        _oldest = _connection.Prepare("SELECT created FROM batches ORDER BY sequence LIMIT 1", "read batches");
        _generation = generation;
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
