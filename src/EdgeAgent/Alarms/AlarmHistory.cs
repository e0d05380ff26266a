using EdgeAgent.Core.Model;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Alarms;

/// <summary>Every alarm that ever was, in a small SQLite file, so that a restart changes nothing. Safe for concurrent use.</summary>
internal sealed class AlarmHistory : IDisposable
{
    /// <summary>Alarms kept; the oldest that are over make room.</summary>
    private const int KeepMax = 100_000;
    private const string Columns = "id, rule, rule_name, kind, severity, agent, device, tag, unit, raised, cleared, value, alarm_limit, acked_by, acked, comment";

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    /// <exception cref="SqliteException">The file cannot be opened, or is damaged.</exception>
    public AlarmHistory(string directory)
    {
        Directory.CreateDirectory(directory);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "alarms.db"), Pooling = false }.ToString());
        _connection.Open();
        Run("PRAGMA journal_mode = WAL");
        Run("PRAGMA synchronous = NORMAL");
        Run("""
            CREATE TABLE IF NOT EXISTS alarms (
              id INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT NOT NULL, rule_name TEXT NOT NULL, kind INTEGER NOT NULL, severity INTEGER NOT NULL,
              agent TEXT NOT NULL, device TEXT NOT NULL, tag TEXT NOT NULL, unit TEXT NOT NULL, raised INTEGER NOT NULL, cleared INTEGER,
              value REAL, alarm_limit REAL, acked_by TEXT, acked INTEGER, comment TEXT);
            """);
        Run("CREATE INDEX IF NOT EXISTS open_alarms ON alarms (id) WHERE cleared IS NULL OR acked IS NULL");
    }

    /// <returns>The alarm with its number.</returns>
    public AlarmRecord Add(AlarmRecord alarm)
    {
        lock (_gate)
        {
            using SqliteCommand insert = Command(
                """
                INSERT INTO alarms (rule, rule_name, kind, severity, agent, device, tag, unit, raised, value, alarm_limit)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id
                """,
                alarm.Rule, alarm.RuleName, (int)alarm.Kind, (int)alarm.Severity, alarm.Agent, alarm.Device, alarm.Tag, alarm.Unit, UnixTicks.From(alarm.RaisedAt),
                alarm.Value, alarm.Limit);
            long id = (long)insert.ExecuteScalar()!;
            if (id % 1000 == 0)
            {
                Run($"DELETE FROM alarms WHERE cleared IS NOT NULL AND id <= {id - KeepMax}");
            }

            return alarm with { Id = id };
        }
    }

    public void Clear(long id, DateTimeOffset at) => Change("UPDATE alarms SET cleared = $2 WHERE id = $1", id, UnixTicks.From(at));

    public void Acknowledge(long id, string who, DateTimeOffset at, string comment) =>
        Change("UPDATE alarms SET acked_by = $2, acked = $3, comment = $4 WHERE id = $1", id, who, UnixTicks.From(at), comment);

    /// <summary>Active ones, and those that nobody acknowledged; newest first.</summary>
    public IReadOnlyList<AlarmRecord> ReadOpen(int max) => Read("WHERE cleared IS NULL OR acked IS NULL ORDER BY id DESC LIMIT $1", max);

    /// <summary>All of them, newest first, as a part of the list.</summary>
    public (int Total, IReadOnlyList<AlarmRecord> Items) ReadPage(int offset, int limit)
    {
        lock (_gate)
        {
            using SqliteCommand count = Command("SELECT count(*) FROM alarms");
            return ((int)(long)count.ExecuteScalar()!, Read("ORDER BY id DESC LIMIT $1 OFFSET $2", limit, offset));
        }
    }

    public AlarmRecord? Find(long id) => Read("WHERE id = $1", id) is [var found] ? found : null;

    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private void Change(string sql, params object?[] values)
    {
        lock (_gate)
        {
            using SqliteCommand command = Command(sql, values);
            command.ExecuteNonQuery();
        }
    }

    private IReadOnlyList<AlarmRecord> Read(string where, params object?[] values)
    {
        lock (_gate)
        {
            using SqliteCommand command = Command($"SELECT {Columns} FROM alarms {where}", values);
            using SqliteDataReader row = command.ExecuteReader();
            List<AlarmRecord> read = [];
            while (row.Read())
            {
                read.Add(new AlarmRecord(
                    row.GetInt64(0), row.GetString(1), row.GetString(2), (AlarmKind)row.GetInt32(3), (AlarmSeverity)row.GetInt32(4), row.GetString(5), row.GetString(6),
                    row.GetString(7), row.GetString(8), UnixTicks.ToDateTimeOffset(row.GetInt64(9)), TimeOf(row, 10), NumberOf(row, 11), NumberOf(row, 12),
                    row.IsDBNull(13) ? null : row.GetString(13), TimeOf(row, 14), row.IsDBNull(15) ? null : row.GetString(15)));
            }

            return read;
        }
    }

    private static DateTimeOffset? TimeOf(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : UnixTicks.ToDateTimeOffset(row.GetInt64(column));

    private static double? NumberOf(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    private void Run(string sql)
    {
        using SqliteCommand command = Command(sql);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params object?[] values)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        }

        return command;
    }
}
