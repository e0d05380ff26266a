using System.Collections.Concurrent;
using EdgeAgent.Store.Sqlite.Chunks;

namespace EdgeAgent.Store.Sqlite;

/// <summary>Connections for reading beside the writer; each query borrows one and sees one snapshot at a time.</summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    /// <summary>Idle connections kept: as many queries as a dashboard asks at once. Each holds up to 2 MB of pages.</summary>
    private const int KeepMax = 8;

    private readonly ConcurrentBag<Reader> _idle = [];
    private volatile bool _disposed;

    public Reader Take()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _idle.TryTake(out Reader? reader) ? reader : new Reader(SqliteDatabase.Open(path, readOnly: true));
    }

    public void Return(Reader reader)
    {
        if (_disposed || _idle.Count >= KeepMax)
        {
            reader.Database.Dispose();
            return;
        }

        _idle.Add(reader);
        if (_disposed)
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out Reader? reader))
        {
            reader.Database.Dispose();
        }
    }

    /// <summary>A connection with what reading batches and chunks over it needs.</summary>
    internal sealed class Reader(SqliteDatabase database)
    {
        public SqliteDatabase Database { get; } = database;

        public Catalogue Catalogue { get; } = new(database);

        public ChunkCodec Codec { get; } = new();

        public TailReader Tail { get; } = new();
    }
}
