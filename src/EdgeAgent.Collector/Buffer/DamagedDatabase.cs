using System.Globalization;
using EdgeAgent.Collector.Buffer.Sqlite;
using EdgeAgent.Core.Model;
using SQLitePCL;

namespace EdgeAgent.Collector.Buffer;

/// <summary>Counts what a damaged database still tells and moves it out of the way. It is never deleted: an expert may get more out of it.</summary>
internal static class DamagedDatabase
{
    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    /// <exception cref="IOException">The files cannot be renamed.</exception>
    public static SalvageReport SetAside(string directory, TimeProvider time)
    {
        string path = BufferDatabase.PathIn(directory);
        SalvageReport report = Read(path);
        report.SetAsideAs = FreeName(directory, time);
        foreach (string suffix in Suffixes)
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, report.SetAsideAs + suffix);
            }
        }

        DirectorySync.Sync(directory);
        return report;
    }

    private static string FreeName(string directory, TimeProvider time)
    {
        string stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        for (int i = 0; ; i++)
        {
            string name = Path.Combine(directory, i == 0 ? $"buffer.damaged-{stamp}.db" : $"buffer.damaged-{stamp}-{i}.db");
            if (!File.Exists(name))
            {
                return name;
            }
        }
    }

    private static SalvageReport Read(string path)
    {
        var report = new SalvageReport();
        try
        {
            using SqliteConnectionHandle connection = SqliteConnectionHandle.Open(path, raw.SQLITE_OPEN_READONLY);
            Attempt(() => ReadMeta(connection, report));
            Attempt(() => ReadNames(connection, report.Names));
            Attempt(() => ReadDiscards(connection, report));

            // From both ends, because a scan stops at the first page that it cannot read.
            long reached = 0;
            bool whole = Attempt(() => ReadRows(connection, "sequence > 0 ORDER BY sequence", report, s => reached = s));
            if (!whole)
            {
                long from = reached;
                Attempt(() => ReadRows(connection, $"sequence > {from} ORDER BY sequence DESC", report, _ => { }));
            }
        }
        catch (SqliteFailure)
        {
            // Not a database any more: nothing to count.
        }

        return report;
    }

    private static bool Attempt(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (SqliteFailure)
        {
            return false;
        }
    }

    private static void ReadMeta(SqliteConnectionHandle connection, SalvageReport report)
    {
        if (new BufferStateTable(connection).Load() is { } state)
        {
            report.PendingReadings = state.PendingReadings;
            report.AcknowledgedReadings = state.AcknowledgedReadings;
            report.DiscardedReadings = state.DiscardedReadings;
            report.AccountedUntilTicks = state.AccountedUntilTicks;
        }
    }

    private static void ReadNames(SqliteConnectionHandle connection, Dictionary<long, string> names)
    {
        SqliteStatement rows = connection.Prepare("SELECT id, name FROM devices");
        while (rows.Step())
        {
            names[rows.Int64(0)] = rows.Text(1);
        }
    }

    /// <summary>What had been given up before and was not known to be declared: nobody else can tell of it any more.</summary>
    private static void ReadDiscards(SqliteConnectionHandle connection, SalvageReport report)
    {
        SqliteStatement rows = connection.Prepare("SELECT readings, first, last, accounts FROM discarded");
        while (rows.Step())
        {
            report.UndeclaredReadings += rows.Int64(0);
            report.Accounts.Add(rows.Blob(3));
            if (rows.Int64(0) > 0)
            {
                report.FirstTicks = Math.Min(report.FirstTicks ?? long.MaxValue, rows.Int64(1));
                report.LastTicks = Math.Max(report.LastTicks ?? long.MinValue, rows.Int64(2));
            }
        }
    }

    private static void ReadRows(
        SqliteConnectionHandle connection, string where, SalvageReport report, Action<long> reached)
    {
        SqliteStatement rows = connection.Prepare($"SELECT sequence, first, last, readings, accounts FROM batches WHERE {where}");
        while (rows.Step())
        {
            report.Accounts.Add(rows.Blob(4));
            report.Batches++;
            report.ReadableReadings += rows.Int64(3);
            report.FirstTicks = Math.Min(report.FirstTicks ?? long.MaxValue, rows.Int64(1));
            report.LastTicks = Math.Max(report.LastTicks ?? long.MinValue, rows.Int64(2));
            reached(rows.Int64(0));
        }
    }
}
