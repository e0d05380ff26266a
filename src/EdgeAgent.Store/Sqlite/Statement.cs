using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeAgent.Store.Sqlite;

/// <summary>A prepared statement bound and read by position without boxing. Parameters count from 1, columns from 0.</summary>
internal sealed partial class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(sqlite3 database, string sql)
    {
        _database = database;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out _statement), database);
    }

    public Statement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    public Statement Bind(int index, double value)
    {
        Check(raw.sqlite3_bind_double(_statement, index, value));
        return this;
    }

    public Statement Bind(int index, string value)
    {
        Check(raw.sqlite3_bind_text(_statement, index, value));
        return this;
    }

    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, index, 0) : raw.sqlite3_bind_blob(_statement, index, value));
        return this;
    }

    public Statement BindNull(int index)
    {
        Check(raw.sqlite3_bind_null(_statement, index));
        return this;
    }

    /// <summary>Runs to the next row; false at the end, after which the statement is ready to be bound again.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(_statement);
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
    public void Reset() => raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public int Int32(int column) => (int)raw.sqlite3_column_int64(_statement, column);

    /// <summary>The first columns of the row as integers. One by one each costs a hundred times what SQLite needs for it: a safe handle to
    /// hold, and a transition to native code.</summary>
    public void ReadInt64s(Span<long> into)
    {
        bool held = false;
        try
        {
            _statement.DangerousAddRef(ref held);
            nint statement = _statement.DangerousGetHandle();
            for (int i = 0; i < into.Length; i++)
            {
                into[i] = ColumnInt64(statement, i);
            }
        }
        finally
        {
            if (held)
            {
                _statement.DangerousRelease();
            }
        }
    }

    public double Double(int column) => raw.sqlite3_column_double(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>The blob in SQLite's memory, valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    /// <remarks>It only copies a number out of the row at hand, so the collector may wait for it.</remarks>
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_column_int64")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvSuppressGCTransition)])]
    private static partial long ColumnInt64(nint statement, int column);

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
