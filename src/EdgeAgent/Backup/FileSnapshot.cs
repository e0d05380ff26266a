using Microsoft.Data.Sqlite;

namespace EdgeAgent.Backup;

/// <summary>Copies one file as it is at one moment, while its owner goes on writing.</summary>
internal static class FileSnapshot
{
    private static ReadOnlySpan<byte> SqliteMagic => "SQLite format 3\0"u8;

    /// <returns>False when the file is gone by now.</returns>
    public static bool TryTake(string file, string copy)
    {
        try
        {
            if (IsDatabase(file))
            {
                CopyDatabase(file, copy);
            }
            else
            {
                CopyPlain(file, copy);
            }

            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (SqliteException problem)
        {
            throw new BackupException($"The database {file} cannot be copied: {problem.Message}", problem);
        }
    }

    private static bool IsDatabase(string file)
    {
        Span<byte> start = stackalloc byte[SqliteMagic.Length];
        using FileStream stream = Open(file);
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(SqliteMagic);
    }

    /// <summary>SQLite's own online backup: one consistent state, with what is still in the write-ahead log.</summary>
    private static void CopyDatabase(string file, string copy)
    {
        using SqliteConnection source = new(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        using SqliteConnection target = new(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
        source.Open();
        target.Open();
        source.BackupDatabase(target);
        // One file and no log beside it.
        using SqliteCommand journal = target.CreateCommand();
        journal.CommandText = "PRAGMA journal_mode = DELETE";
        journal.ExecuteNonQuery();
    }

    private static void CopyPlain(string file, string copy)
    {
        using FileStream source = Open(file);
        using FileStream target = new(copy, FileMode.Create, FileAccess.ReadWrite);
        source.CopyTo(target);
        if (BackupSources.IsLines(file))
        {
            // A line that is being written has no end yet.
            target.SetLength(EndOfLastLine(target));
        }
    }

    private static long EndOfLastLine(FileStream file)
    {
        for (long at = file.Length - 1; at >= 0; at--)
        {
            file.Position = at;
            if (file.ReadByte() == '\n')
            {
                return at + 1;
            }
        }

        return 0;
    }

    private static FileStream Open(string file) => new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
