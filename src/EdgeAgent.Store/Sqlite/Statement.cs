using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeAgent.Store.Sqlite;

/// <summary>A prepared statement bound and read by position without boxing. Parameters count from 1, columns from 0.</summary>
/// <remarks>Its handle is held from the beginning to the end and called by address: to hold and let go a safe handle for each parameter and
/// each column costs several times what SQLite needs for it.</remarks>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _owner;
    private nint _statement;

    public Statement(sqlite3 database, string sql)
    {
        _database = database;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out _owner), database);
        bool held = false;
        _owner.DangerousAddRef(ref held);
        _statement = _owner.DangerousGetHandle();
    }

    public Statement Bind(int index, long value)
    {
        Check(SqliteCalls.BindInt64(_statement, index, value));
        return this;
    }

    public Statement Bind(int index, double value)
    {
        Check(SqliteCalls.BindDouble(_statement, index, value));
        return this;
    }

    public Statement Bind(int index, string value)
    {
        Check(raw.sqlite3_bind_text(_owner, index, value));
        return this;
    }

    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_owner, index, 0) : raw.sqlite3_bind_blob(_owner, index, value));
        return this;
    }

    public Statement BindNull(int index)
    {
        Check(raw.sqlite3_bind_null(_owner, index));
        return this;
    }

    /// <summary>Runs to the next row; false at the end, after which the statement is ready to be bound again.</summary>
    public bool Step()
    {
        int code = SqliteCalls.Step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code == raw.SQLITE_DONE)
        {
            Reset();
            return false;
        }

        // The error text must be read before the reset clears it.
        try
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
        finally
        {
            Reset();
        }

        return false;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Ends reading before the last row.</summary>
    public void Reset() => SqliteCalls.Reset(_statement);

    public bool IsNull(int column) => SqliteCalls.ColumnType(_statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => SqliteCalls.ColumnInt64(_statement, column);

    public int Int32(int column) => (int)Int64(column);

    /// <summary>The first columns of the row as integers.</summary>
    public void ReadInt64s(Span<long> into)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = Int64(i);
        }
    }

    public double Double(int column) => SqliteCalls.ColumnDouble(_statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(SqliteCalls.ColumnText(_statement, column), column));

    /// <summary>The blob in SQLite's memory, valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => Bytes(SqliteCalls.ColumnBlob(_statement, column), column);

    public void Dispose()
    {
        if (_statement != 0)
        {
            _statement = 0; // SQLite takes calls on it as misuse and does nothing.
            _owner.DangerousRelease();
            _owner.Dispose();
        }
    }

    /// <remarks>Asked for behind the pointer: the length is that of the form which was asked for last.</remarks>
    private unsafe ReadOnlySpan<byte> Bytes(nint start, int column) => new((void*)start, start == 0 ? 0 : SqliteCalls.ColumnBytes(_statement, column));

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
