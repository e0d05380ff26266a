using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeAgent.Store.Sqlite;

/// <summary>One connection to the store file with its prepared statements. Not safe for concurrent use.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    static SqliteDatabase() => Batteries_V2.Init();

    private SqliteDatabase(sqlite3 handle) => _handle = handle;

    private sqlite3 Handle => _handle.IsClosed ? throw new ObjectDisposedException(nameof(SqliteDatabase)) : _handle;

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static SqliteDatabase Open(string path, bool readOnly)
    {
        // Without SQLite's own lock on the connection, of which each column of each row would take its turn: nobody shares a connection here.
        int flags = raw.SQLITE_OPEN_NOMUTEX | (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        int code = raw.sqlite3_open_v2(path, out sqlite3 handle, flags, null);
        try
        {
            SqliteException.ThrowExceptionForRC(code, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }

        var database = new SqliteDatabase(handle);
        // Readers too meet a lock for a moment: while the log is recovered, and when the last connection but one goes.
        database.Execute("PRAGMA busy_timeout = 10000");
        return database;
    }

    /// <summary>Runs statements that are used once.</summary>
    public void Execute(string sql) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(Handle, sql), Handle);

    /// <summary>The statement of this text, prepared once and kept; ready to be bound.</summary>
    public Statement Sql(string sql)
    {
        if (!_statements.TryGetValue(sql, out Statement? statement))
        {
            statement = new Statement(Handle, sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>Runs a statement that inserts, and gives the row's id.</summary>
    public long Insert(Statement statement)
    {
        statement.Run();
        return raw.sqlite3_last_insert_rowid(Handle);
    }

    public long Scalar(string sql)
    {
        Statement statement = Sql(sql);
        long value = statement.Step() ? statement.Int64(0) : 0;
        statement.Reset();
        return value;
    }

    /// <summary>Runs the work in one write transaction; whatever it throws undoes all of it.</summary>
    public void InTransaction(Action work)
    {
        Sql("BEGIN IMMEDIATE").Run();
        try
        {
            work();
            Sql("COMMIT").Run();
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>Runs queries that must all see the same state.</summary>
    public T InSnapshot<T>(Func<T> work)
    {
        Sql("BEGIN").Run();
        try
        {
            return work();
        }
        finally
        {
            RollBack();
        }
    }

    public void Dispose()
    {
        foreach (Statement statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
        _handle.Dispose();
    }

    private void RollBack()
    {
        // After some errors (disk full, I/O) SQLite has already rolled back by itself.
        if (raw.sqlite3_get_autocommit(Handle) == 0)
        {
            raw.sqlite3_exec(Handle, "ROLLBACK");
        }
    }
}
