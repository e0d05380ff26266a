using EdgeAgent.Collector.Buffer.Sqlite;

namespace EdgeAgent.Collector.Buffer;

/// <summary>The tables of the buffer, described in README.md beside this file.</summary>
internal static class BufferSchema
{
    /// <summary>Tells our files from other SQLite databases: "EABF".</summary>
    public const int ApplicationId = 0x45414246;

    public const int Version = 1;

    /// <summary>SQLite's default; a small live batch rewrites one page, so larger pages would wear flash out.</summary>
    public const int PageSizeBytes = 4096;

    /// <summary>The write-ahead log is moved into the database beyond so many pages (2 MiB): seldom enough to spare flash, and little
    /// enough for the reserve to hold it when the disk is full.</summary>
    public const int LogPagesMax = 512;

    private const string Tables = """
        CREATE TABLE meta (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            incarnation BLOB NOT NULL,
            next_sequence INTEGER NOT NULL,
            last_hash BLOB NOT NULL,
            accounted_until INTEGER,
            reserved_sequence INTEGER NOT NULL,
            boot TEXT NOT NULL,
            clean INTEGER NOT NULL,
            pending_batches INTEGER NOT NULL,
            pending_readings INTEGER NOT NULL,
            pending_bytes INTEGER NOT NULL,
            buffered_readings INTEGER NOT NULL,
            acknowledged_readings INTEGER NOT NULL,
            discarded_readings INTEGER NOT NULL);
        CREATE TABLE batches (
            sequence INTEGER PRIMARY KEY,
            created INTEGER NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            readings INTEGER NOT NULL,
            stored INTEGER NOT NULL,
            definition INTEGER NOT NULL,
            hash BLOB NOT NULL,
            accounts BLOB NOT NULL,
            signed BLOB NOT NULL);
        CREATE TABLE devices (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE cursors (name TEXT PRIMARY KEY, passed BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE discarded (
            id INTEGER PRIMARY KEY,
            first_sequence INTEGER NOT NULL,
            last_sequence INTEGER NOT NULL,
            reason TEXT NOT NULL,
            readings INTEGER NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            accounts BLOB NOT NULL,
            declared_in INTEGER);
        """;

    /// <summary>Sets what must be set before the first table exists, and creates the tables when the file is new.</summary>
    /// <exception cref="SqliteFailure">The file is not ours, or newer than this program (SQLITE_NOTADB), or cannot be written.</exception>
    public static bool CreateWhenNew(SqliteConnectionHandle connection)
    {
        if (connection.QueryInt64("PRAGMA user_version") != 0)
        {
            Check(connection);
            connection.Execute("PRAGMA journal_mode=WAL");
            return false;
        }

        connection.Execute($"PRAGMA page_size={PageSizeBytes}; PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL");
        connection.Execute($"""
            BEGIN IMMEDIATE;
            {Tables}
            PRAGMA application_id={ApplicationId};
            PRAGMA user_version={Version};
            COMMIT
            """);
        return true;
    }

    /// <summary>Refuses a database that this program did not write.</summary>
    public static void Check(SqliteConnectionHandle connection)
    {
        long id = connection.QueryInt64("PRAGMA application_id");
        long version = connection.QueryInt64("PRAGMA user_version");
        if (id != ApplicationId || version > Version)
        {
            throw new SqliteFailure(
                SQLitePCL.raw.SQLITE_NOTADB, "open", $"application id {id:X8} and version {version} are not a buffer of this program");
        }
    }

    /// <summary>The space that a row takes in a table leaf and its overflow pages (SQLite file format, section 1.6).</summary>
    public static long StoredBytes(int payloadBytes)
    {
        const int usable = PageSizeBytes;
        const int localMax = usable - 35;
        const int localMin = ((usable - 12) * 32 / 255) - 23;
        const int overflow = usable - 4;
        const int cellOverhead = 14;
        if (payloadBytes <= localMax)
        {
            return payloadBytes + cellOverhead;
        }

        int local = localMin + ((payloadBytes - localMin) % overflow);
        local = local <= localMax ? local : localMin;
        long pages = (payloadBytes - local + overflow - 1) / overflow;
        return local + cellOverhead + (pages * PageSizeBytes);
    }
}
