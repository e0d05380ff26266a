using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeAgent.Store.Sqlite;

/// <summary>Sorts SQLite's errors into those that pass by themselves and those that an operator must see.</summary>
internal static class SqliteFailures
{
    /// <summary>The exception that the store's callers know, or null when the error is a fault of the program.</summary>
    public static Exception? Translate(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new StoreDamagedException(
            $"{path} is damaged or not a database ({error.Message.TrimEnd('.')}). It is left as it is: move it away, restore a backup, or start with a new store.", error),
        raw.SQLITE_FULL => new StoreUnavailableException($"The disk that holds {path} is full.", error),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_NOMEM =>
            new StoreUnavailableException($"{path} cannot be used now: {error.Message}", error),
        _ => null,
    };
}
