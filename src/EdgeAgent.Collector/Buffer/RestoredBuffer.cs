using EdgeAgent.Collector.Buffer.Sqlite;
using SQLitePCL;

namespace EdgeAgent.Collector.Buffer;

/// <summary>Marks a buffer that was put in place from a backup, so that its next opening takes no number that was used since the backup.</summary>
public static class RestoredBuffer
{
    /// <summary>Stands in the place of a boot id; no system names a run like this.</summary>
    internal const string BootMark = "restored";

    /// <param name="directory">The buffer's own directory, with no agent running on it.</param>
    /// <param name="sequencesMost">At least as many as batches may have been made since the backup.</param>
    /// <returns>The sequence at which numbering goes on.</returns>
    /// <exception cref="IOException">The database is damaged, not a buffer, or of a newer program.</exception>
    public static long Mark(string directory, long sequencesMost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequencesMost, 1);
        string path = BufferDatabase.PathIn(directory);
        try
        {
            using SqliteConnectionHandle connection = SqliteConnectionHandle.Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_FULLMUTEX);
            BufferSchema.Check(connection);
            SqliteStatement mark = connection.Prepare("""
                UPDATE meta SET boot = ?, clean = 0, reserved_sequence = max(reserved_sequence, next_sequence - 1) + ? RETURNING reserved_sequence + 1
                """, "mark as restored");
            mark.Bind(1, BootMark).Bind(2, sequencesMost);
            long next = mark.Step() ? mark.Int64(0) : throw new SqliteFailure(raw.SQLITE_CORRUPT, "mark as restored", "it has no row of meta");
            while (mark.Step())
            {
                // The change is committed when the statement has run to its end.
            }

            return next;
        }
        catch (SqliteFailure failure)
        {
            throw new IOException($"The buffer {path} cannot be used: {failure.Message}", failure);
        }
    }
}
