using System.Runtime.CompilerServices;
using SQLitePCL;

namespace EdgeAgent.Collector.Buffer.Sqlite;

/// <summary>One SQLite connection with the calls that the buffer needs: result codes stay visible and blobs travel as spans.</summary>
/// <remarks>Not safe for concurrent use; each owner guards its own.</remarks>
internal sealed class SqliteConnectionHandle : IDisposable
{
    private readonly sqlite3 _db;
    private readonly ISqliteFaults? _faults;
    private readonly List<SqliteStatement> _statements = [];

    private SqliteConnectionHandle(sqlite3 db, ISqliteFaults? faults)
    {
        _db = db;
        _faults = faults;
    }

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_db) == 0;

    /// <param name="path">A file path, or a <c>file:</c> URI.</param>
    /// <param name="flags">SQLITE_OPEN_… flags.</param>
    /// <exception cref="SqliteFailure">The file cannot be opened.</exception>
    public static SqliteConnectionHandle Open(string path, int flags, ISqliteFaults? faults = null)
    {
        Batteries_V2.Init();
        Inject(faults, "open");
        int result = raw.sqlite3_open_v2(path, out sqlite3 db, flags, null);
        if (result != raw.SQLITE_OK)
        {
            string detail = db is null ? "out of memory" : raw.sqlite3_errmsg(db).utf8_to_string();
            db?.Dispose();
            throw new SqliteFailure(result, $"open {path}", detail);
        }

        raw.sqlite3_extended_result_codes(db, 1);
        return new SqliteConnectionHandle(db, faults);
    }

    /// <summary>Runs statements that give no rows.</summary>
    public void Execute(string sql, [CallerMemberName] string operation = "")
    {
        Inject(_faults, operation);
        int result = raw.sqlite3_exec(_db, sql);
        if (result != raw.SQLITE_OK)
        {
            throw Failure(result, operation);
        }
    }

    /// <summary>Compiles a statement that lives as long as the connection.</summary>
    public SqliteStatement Prepare(string sql, [CallerMemberName] string operation = "")
    {
        int result = raw.sqlite3_prepare_v3(_db, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt handle);
        if (result != raw.SQLITE_OK)
        {
            throw Failure(result, operation);
        }

        var statement = new SqliteStatement(this, handle, operation);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>The first column of the first row of a query that is asked rarely.</summary>
    public long QueryInt64(string sql, [CallerMemberName] string operation = "")
    {
        SqliteStatement statement = Prepare(sql, operation);
        try
        {
            return statement.Step() ? statement.Int64(0) : 0;
        }
        finally
        {
            _statements.Remove(statement);
            statement.Dispose();
        }
    }

    /// <summary>Moves what the write-ahead log holds into the database file.</summary>
    /// <param name="mode">SQLITE_CHECKPOINT_…</param>
    /// <returns>Whether everything was moved.</returns>
    public bool Checkpoint(int mode)
    {
        Inject(_faults, "checkpoint");
        int result = raw.sqlite3_wal_checkpoint_v2(_db, null, mode, out int frames, out int moved);
        return result switch
        {
            raw.SQLITE_OK => frames == moved,
            raw.SQLITE_BUSY => false,
            _ => throw Failure(result, "checkpoint"),
        };
    }

    public void Dispose()
    {
        foreach (SqliteStatement statement in _statements)
        {
            statement.Dispose();
        }

        _db.Dispose();
    }

    internal int Step(sqlite3_stmt handle, string operation)
    {
        Inject(_faults, operation);
        return raw.sqlite3_step(handle);
    }

    internal SqliteFailure Failure(int result, string operation) =>
        new(Math.Max(result, raw.sqlite3_extended_errcode(_db)), operation, raw.sqlite3_errmsg(_db).utf8_to_string());

    private static void Inject(ISqliteFaults? faults, string operation)
    {
        int code = faults?.Before(operation) ?? raw.SQLITE_OK;
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteFailure(code, operation, "injected by a test");
        }
    }
}
