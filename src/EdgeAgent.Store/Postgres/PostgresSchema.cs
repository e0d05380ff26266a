using System.Globalization;
using Npgsql;

namespace EdgeAgent.Store.Postgres;

/// <summary>The tables of the store; README.md beside it says what each is for.</summary>
internal sealed class PostgresSchema(NpgsqlDataSource source, PostgresOptions options)
{
    private const int Version = 1;

    private readonly HashSet<short> _months = [];

    /// <summary>Whether readings lie in a hypertable instead of monthly partitions.</summary>
    public bool IsHypertable { get; private set; }

    /// <exception cref="StoreDamagedException">The schema is there and of another version, or not ours.</exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellation);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellation);
        if (!options.ReadOnly)
        {
            // Hubs that start together create the tables once.
            await RunAsync(connection, "SELECT pg_advisory_xact_lock(4995148757353)", cancellation);
        }

        bool exists = await AskAsync(connection, $"SELECT to_regclass('{options.Schema}.layout') IS NOT NULL", cancellation);
        if (!exists)
        {
            if (options.ReadOnly || await AskAsync(connection, $"SELECT to_regclass('{options.Schema}.batches') IS NOT NULL", cancellation))
            {
                throw new StoreDamagedException($"The schema {options.Schema} in PostgreSQL holds no store of this program. It is left as it is; start the hub once, or choose another database.");
            }

            await CreateAsync(connection, cancellation);
        }

        await CompleteAsync(connection, cancellation);
        await using (var command = new NpgsqlCommand($"SELECT version, hypertable FROM {options.Schema}.layout", connection))
        await using (NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellation))
        {
            if (!await row.ReadAsync(cancellation) || row.GetInt32(0) != Version)
            {
                throw new StoreDamagedException($"The schema {options.Schema} has another layout than {Version}, which this program reads. It is left as it is; use the program version that wrote it.");
            }

            IsHypertable = row.GetBoolean(1);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Sees to it that the partitions of a month are there. Raw data is partitioned by the month in which it came.</summary>
    public async Task EnsureMonthAsync(short month, CancellationToken cancellation)
    {
        if (_months.Contains(month))
        {
            return;
        }

        // In a transaction of its own, before the append, so that the lock on the parent tables is short.
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellation);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(connection, "SELECT pg_advisory_xact_lock(4995148757353)", cancellation);
        foreach (string table in IsHypertable ? ["batches"] : (string[])["batches", "readings"])
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{options.Schema}.{table}_{1970 + (month / 12):0000}_{(month % 12) + 1:00}");
            if (!await AskAsync(connection, $"SELECT to_regclass('{name}') IS NOT NULL", cancellation))
            {
                await RunAsync(connection, string.Create(CultureInfo.InvariantCulture, $"CREATE TABLE {name} PARTITION OF {options.Schema}.{table} FOR VALUES IN ({month})"), cancellation);
            }
        }

        await transaction.CommitAsync(cancellation);
        _months.Add(month);
    }

    /// <summary>Drops what came before the given month and lies wholly before it by its own time.</summary>
    /// <returns>Tables dropped.</returns>
    public async Task<int> DropBeforeAsync(short month, CancellationToken cancellation)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellation);
        var names = new List<string>();
        await using (var command = new NpgsqlCommand($"""
            SELECT c.relname FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = '{options.Schema}' AND c.relname ~ '^(batches|readings)_[0-9]+_[0-9]+$'
            """, connection))
        await using (NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation))
            {
                string[] parts = rows.GetString(0).Split('_');
                int of = ((int.Parse(parts[1], CultureInfo.InvariantCulture) - 1970) * 12) + int.Parse(parts[2], CultureInfo.InvariantCulture) - 1;
                if (of < month)
                {
                    names.Add(rows.GetString(0));
                }
            }
        }

        foreach (string name in names)
        {
            await RunAsync(connection, $"DROP TABLE IF EXISTS {options.Schema}.{name}", cancellation);
            _months.Clear();
        }

        if (IsHypertable)
        {
            await RunAsync(connection, string.Create(CultureInfo.InvariantCulture,
                $"SELECT drop_chunks('{options.Schema}.readings', older_than => make_timestamptz({1970 + (month / 12)}, {(month % 12) + 1}, 1, 0, 0, 0, 'UTC'))"), cancellation);
        }

        return names.Count;
    }

    /// <summary>Schemas of the first layout had no columns for what devices sent by themselves and for what was filled afterwards.</summary>
    private async Task CompleteAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (await AskAsync(connection, $"""
            SELECT count(*) < 2 FROM information_schema.columns
            WHERE table_schema = '{options.Schema}' AND table_name = 'device_hours' AND column_name IN ('beyond', 'filled')
            """, cancellation))
        {
            if (options.ReadOnly)
            {
                throw new StoreDamagedException($"The schema {options.Schema} was written by an older program. It is left as it is; start the hub once.");
            }

            await RunAsync(connection, $"""
                ALTER TABLE {options.Schema}.device_hours
                  ADD COLUMN IF NOT EXISTS beyond bigint NOT NULL DEFAULT 0, ADD COLUMN IF NOT EXISTS filled bigint NOT NULL DEFAULT 0
                """, cancellation);
        }
    }

    private async Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        bool timescale = await AskAsync(connection, "SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'timescaledb')", cancellation);
        await RunAsync(connection, Tables(options.Schema, timescale), cancellation);
        if (timescale)
        {
            await RunAsync(connection, $"""
                SELECT create_hypertable('{options.Schema}.readings', 'time', chunk_time_interval => INTERVAL '1 day');
                ALTER TABLE {options.Schema}.readings SET (timescaledb.compress, timescaledb.compress_segmentby = 'series_id', timescaledb.compress_orderby = 'time DESC, rest DESC');
                SELECT add_compression_policy('{options.Schema}.readings', INTERVAL '7 days');
                """, cancellation);
        }

        await RunAsync(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO {options.Schema}.layout VALUES ({Version}, {(timescale ? "true" : "false")})"), cancellation);
    }

    private static string Tables(string schema, bool timescale) => $"""
        CREATE SCHEMA IF NOT EXISTS {schema};
        CREATE TABLE {schema}.layout (version integer NOT NULL, hypertable boolean NOT NULL);
        CREATE TABLE {schema}.agents (
          id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, site text NOT NULL, agent text NOT NULL,
          batches bigint NOT NULL DEFAULT 0, readings bigint NOT NULL DEFAULT 0, duplicates bigint NOT NULL DEFAULT 0, UNIQUE (site, agent));
        CREATE TABLE {schema}.incarnations (
          id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, agent_id integer NOT NULL REFERENCES {schema}.agents, incarnation uuid NOT NULL,
          lost_readings bigint NOT NULL DEFAULT 0, UNIQUE (agent_id, incarnation));
        CREATE TABLE {schema}.definitions (
          id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, agent_id integer NOT NULL REFERENCES {schema}.agents, hash bytea NOT NULL, content bytea NOT NULL,
          UNIQUE (agent_id, hash));
        CREATE TABLE {schema}.devices (
          id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, agent_id integer NOT NULL REFERENCES {schema}.agents,
          name text NOT NULL, driver text NOT NULL, address text NOT NULL, asset text NOT NULL, UNIQUE (agent_id, name, driver, address, asset));
        CREATE TABLE {schema}.series (
          id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, agent_id integer NOT NULL REFERENCES {schema}.agents, device text NOT NULL, tag text NOT NULL,
          kind smallint NOT NULL, unit text NOT NULL, interval_ms integer NOT NULL, decimals integer NOT NULL, UNIQUE (agent_id, device, tag));
        CREATE SEQUENCE {schema}.batch_ids;
        CREATE TABLE {schema}.batches (
          id bigint NOT NULL, month smallint NOT NULL, incarnation_id integer NOT NULL, sequence bigint NOT NULL, definition_id integer NOT NULL,
          created bigint NOT NULL, received bigint NOT NULL, readings integer NOT NULL, hash bytea NOT NULL, signed bytea NOT NULL) PARTITION BY LIST (month);
        CREATE INDEX ON {schema}.batches (incarnation_id, sequence);
        CREATE TABLE {schema}.sequence_ranges (
          incarnation_id integer NOT NULL REFERENCES {schema}.incarnations, discarded boolean NOT NULL, first bigint NOT NULL, last bigint NOT NULL,
          PRIMARY KEY (incarnation_id, discarded, first));
        CREATE TABLE {schema}.discards (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, incarnation_id integer NOT NULL REFERENCES {schema}.incarnations, declared_in bigint NOT NULL,
          definition_id integer NOT NULL, first bigint NOT NULL, last bigint NOT NULL, reason text NOT NULL, readings bigint NOT NULL,
          first_ticks bigint NOT NULL, last_ticks bigint NOT NULL, accounts bytea NOT NULL);
        CREATE INDEX ON {schema}.discards (incarnation_id, first);
        CREATE TABLE {schema}.device_hours (
          hour integer NOT NULL, device_id integer NOT NULL REFERENCES {schema}.devices, provenance smallint NOT NULL,
          due bigint NOT NULL, good bigint NOT NULL, bad bigint NOT NULL, missed bigint NOT NULL, missed_down bigint NOT NULL,
          filtered bigint NOT NULL, dropped bigint NOT NULL, buffered bigint NOT NULL, changed bigint NOT NULL,
          beyond bigint NOT NULL DEFAULT 0, filled bigint NOT NULL DEFAULT 0,
          PRIMARY KEY (hour, device_id, provenance)) WITH (fillfactor = 70);
        CREATE TABLE {schema}.lost_hours (
          incarnation_id integer NOT NULL REFERENCES {schema}.incarnations, hour integer NOT NULL, device_id integer NOT NULL REFERENCES {schema}.devices,
          provenance smallint NOT NULL, due bigint NOT NULL, PRIMARY KEY (incarnation_id, hour, device_id, provenance));
        CREATE INDEX ON {schema}.lost_hours (hour);
        CREATE TABLE {schema}.readings (
          time timestamptz NOT NULL, batch_id bigint NOT NULL, series_id integer NOT NULL, quality integer NOT NULL,
          rest smallint NOT NULL, kind smallint NOT NULL, provenance smallint NOT NULL, month smallint NOT NULL,
          value double precision, exact bigint, content bytea){(timescale ? "" : " PARTITION BY LIST (month)")};
        CREATE INDEX ON {schema}.readings (series_id, time);
        CREATE VIEW {schema}.reading AS
          SELECT a.site, a.agent, s.device, s.tag, s.unit, r.time, r.value,
            CASE r.kind WHEN 6 THEN convert_from(r.content, 'UTF8') END AS text,
            r.quality::bigint & 4294967295 AS quality, r.provenance, r.series_id, r.batch_id
          FROM {schema}.readings r JOIN {schema}.series s ON s.id = r.series_id JOIN {schema}.agents a ON a.id = s.agent_id;
        """;

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }
}
