using SQLitePCL;

namespace EdgeAgent.Collector.Buffer.Sqlite;

/// <summary>A compiled statement: bind, step, read, reset. Parameters count from 1, columns from 0, as in SQLite.</summary>
internal sealed class SqliteStatement(SqliteConnectionHandle connection, sqlite3_stmt handle, string operation) : IDisposable
{
    public SqliteStatement Bind(int parameter, long value)
    {
        raw.sqlite3_bind_int64(handle, parameter, value);
        return this;
    }

    public SqliteStatement Bind(int parameter, long? value)
    {
        if (value is { } some)
        {
            raw.sqlite3_bind_int64(handle, parameter, some);
        }
        else
        {
            raw.sqlite3_bind_null(handle, parameter);
        }

        return this;
    }

    /// <summary>Binds a copy of the bytes.</summary>
    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        int result = value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(handle, parameter, 0)
            : raw.sqlite3_bind_blob(handle, parameter, value);
        return result == raw.SQLITE_OK ? this : throw connection.Failure(result, operation);
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        raw.sqlite3_bind_text(handle, parameter, value);
        return this;
    }

    /// <summary>Moves to the next row; false at the end.</summary>
    /// <exception cref="SqliteFailure">The step failed; the statement is reset.</exception>
    public bool Step()
    {
        int result;
        try
        {
            result = connection.Step(handle, operation);
        }
        catch (SqliteFailure)
        {
            Reset();
            throw;
        }

        switch (result)
        {
            case raw.SQLITE_ROW:
                return true;
            case raw.SQLITE_DONE:
                return false;
            default:
                SqliteFailure failure = connection.Failure(result, operation);
                Reset();
                throw failure;
        }
    }

    /// <summary>Runs a statement that gives no rows, ready to be bound again.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public long? NullableInt64(int column) =>
        raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL ? null : Int64(column);

    /// <summary>The bytes of a column, valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    /// <exception cref="SqliteFailure">There is no text where there always is one: the row is damaged.</exception>
    public string Text(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_TEXT
        ? raw.sqlite3_column_text(handle, column).utf8_to_string()
        : throw new SqliteFailure(raw.SQLITE_CORRUPT, operation, $"column {column} holds no text");

    public void Reset()
    {
        // The result repeats the failure of the step, which has been reported already.
        raw.sqlite3_reset(handle);
    }

    public void Dispose() => handle.Dispose();
}
