using SQLitePCL;

namespace EdgeAgent.Collector.Buffer.Sqlite;

/// <summary>A step of the database that failed, sorted by what the buffer does about it.</summary>
/// <param name="code">SQLite's extended result code.</param>
/// <param name="operation">What was being done.</param>
/// <param name="detail">SQLite's own words.</param>
internal sealed class SqliteFailure(int code, string operation, string detail)
    : Exception($"{operation}: {detail} (SQLite result {code})")
{
    public int Code => code;

    private int Primary => code & 0xFF;

    /// <summary>The content is not what SQLite wrote: the file is set aside.</summary>
    public bool IsDamage => Primary is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>No space left, or the page limit is reached: freeing may help.</summary>
    public bool IsSpace => Primary == raw.SQLITE_FULL;

    /// <summary>The medium fails or went away: the connection is opened anew before the next try.</summary>
    public bool IsMedium => Primary is raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM;
}
