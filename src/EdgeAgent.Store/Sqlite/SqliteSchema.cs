using System.Globalization;

namespace EdgeAgent.Store.Sqlite;

/// <summary>The tables of the store file; README.md beside it says what each is for.</summary>
internal static class SqliteSchema
{
    /// <summary>"EdgS" in ASCII, so that a file of another program is not taken for a store.</summary>
    private const int ApplicationId = 0x45646753;
    private const int Version = 3;

    private const string Tables = """
        CREATE TABLE agents (
          id INTEGER PRIMARY KEY, site TEXT NOT NULL, agent TEXT NOT NULL,
          batches INTEGER NOT NULL DEFAULT 0, readings INTEGER NOT NULL DEFAULT 0,
          duplicates INTEGER NOT NULL DEFAULT 0, discarded INTEGER NOT NULL DEFAULT 0,
          due INTEGER NOT NULL DEFAULT 0, good INTEGER NOT NULL DEFAULT 0, bad INTEGER NOT NULL DEFAULT 0,
          missed INTEGER NOT NULL DEFAULT 0, missed_down INTEGER NOT NULL DEFAULT 0, filtered INTEGER NOT NULL DEFAULT 0,
          dropped INTEGER NOT NULL DEFAULT 0, buffered INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0,
          beyond INTEGER NOT NULL DEFAULT 0, filled INTEGER NOT NULL DEFAULT 0,
          UNIQUE (site, agent));
        CREATE TABLE incarnations (
          id INTEGER PRIMARY KEY, agent_id INTEGER NOT NULL REFERENCES agents, incarnation BLOB NOT NULL,
          UNIQUE (agent_id, incarnation));
        CREATE TABLE definitions (
          id INTEGER PRIMARY KEY, agent_id INTEGER NOT NULL REFERENCES agents, hash BLOB NOT NULL, content BLOB NOT NULL,
          UNIQUE (agent_id, hash));
        CREATE TABLE devices (
          id INTEGER PRIMARY KEY, agent_id INTEGER NOT NULL REFERENCES agents,
          name TEXT NOT NULL, driver TEXT NOT NULL, address TEXT NOT NULL, asset TEXT NOT NULL,
          UNIQUE (agent_id, name, driver, address, asset));
        CREATE TABLE series (
          id INTEGER PRIMARY KEY, agent_id INTEGER NOT NULL REFERENCES agents, device TEXT NOT NULL, tag TEXT NOT NULL,
          kind INTEGER NOT NULL, unit TEXT NOT NULL, interval_ms INTEGER NOT NULL, decimals INTEGER NOT NULL,
          UNIQUE (agent_id, device, tag));
        CREATE TABLE batches (
          id INTEGER PRIMARY KEY, incarnation_id INTEGER NOT NULL REFERENCES incarnations, sequence INTEGER NOT NULL,
          definition_id INTEGER NOT NULL REFERENCES definitions, hash BLOB NOT NULL, created INTEGER NOT NULL,
          received INTEGER NOT NULL, readings INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, signed BLOB NOT NULL,
          UNIQUE (incarnation_id, sequence));
        CREATE INDEX batches_by_last ON batches (last);
        CREATE TABLE sequence_ranges (
          incarnation_id INTEGER NOT NULL REFERENCES incarnations, discarded INTEGER NOT NULL,
          first INTEGER NOT NULL, last INTEGER NOT NULL,
          PRIMARY KEY (incarnation_id, discarded, first)) WITHOUT ROWID;
        CREATE TABLE discards (
          id INTEGER PRIMARY KEY, incarnation_id INTEGER NOT NULL REFERENCES incarnations, declared_in INTEGER NOT NULL,
          first INTEGER NOT NULL, last INTEGER NOT NULL, reason TEXT NOT NULL, readings INTEGER NOT NULL,
          first_ticks INTEGER NOT NULL, last_ticks INTEGER NOT NULL, accounts BLOB NOT NULL,
          booked BLOB, booked_readings INTEGER NOT NULL);
        CREATE INDEX discards_by_last ON discards (incarnation_id, last) WHERE booked IS NOT NULL;
        CREATE TABLE device_hours (
          hour INTEGER NOT NULL, device_id INTEGER NOT NULL REFERENCES devices, provenance INTEGER NOT NULL,
          due INTEGER NOT NULL, good INTEGER NOT NULL, bad INTEGER NOT NULL, missed INTEGER NOT NULL, missed_down INTEGER NOT NULL,
          filtered INTEGER NOT NULL, dropped INTEGER NOT NULL, buffered INTEGER NOT NULL, changed INTEGER NOT NULL,
          beyond INTEGER NOT NULL DEFAULT 0, filled INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (hour, device_id, provenance)) WITHOUT ROWID;
        CREATE TABLE last_values (
          series_id INTEGER PRIMARY KEY REFERENCES series, ticks INTEGER NOT NULL, quality INTEGER NOT NULL,
          kind INTEGER NOT NULL, bits INTEGER NOT NULL, bytes BLOB, provenance INTEGER NOT NULL);
        CREATE TABLE chunks (
          series_id INTEGER NOT NULL REFERENCES series, hour INTEGER NOT NULL, part INTEGER NOT NULL, data_id INTEGER NOT NULL, folded INTEGER NOT NULL,
          first INTEGER NOT NULL, last INTEGER NOT NULL, count INTEGER NOT NULL, numbers INTEGER NOT NULL,
          min REAL NOT NULL, max REAL NOT NULL, sum REAL NOT NULL, worst INTEGER NOT NULL,
          last_kind INTEGER NOT NULL, last_bits INTEGER NOT NULL, last_bytes BLOB,
          PRIMARY KEY (series_id, hour, part)) WITHOUT ROWID;
        CREATE TABLE chunk_data (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
        CREATE TABLE hour_versions (hour INTEGER PRIMARY KEY, version INTEGER NOT NULL);
        CREATE TABLE progress (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>From layout 1, whose accounts knew no devices that send by themselves.</summary>
    private const string FromVersion1 = """
        ALTER TABLE agents ADD COLUMN beyond INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE agents ADD COLUMN filled INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE device_hours ADD COLUMN beyond INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE device_hours ADD COLUMN filled INTEGER NOT NULL DEFAULT 0;
        """;

    /// <summary>From layout 2, which did not tell when an hour's accounts had changed. Every hour that is there counts as changed once.</summary>
    private const string FromVersion2 = """
        CREATE TABLE hour_versions (hour INTEGER PRIMARY KEY, version INTEGER NOT NULL);
        INSERT INTO hour_versions SELECT DISTINCT hour, 1 FROM device_hours;
        """;

    /// <summary>Creates the tables in an empty file, or checks that the file is a store of a known version.</summary>
    /// <exception cref="StoreDamagedException">The file is something else.</exception>
    public static void Prepare(SqliteDatabase database, string path, bool readOnly)
    {
        long applicationId = database.Scalar("PRAGMA application_id");
        long version = database.Scalar("PRAGMA user_version");
        if (applicationId == 0 && version == 0 && !readOnly && database.Scalar("SELECT count(*) FROM sqlite_schema") == 0)
        {
            database.InTransaction(() =>
            {
                database.Execute(Tables);
                database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
                SetVersion(database);
            });
        }
        else if (applicationId != ApplicationId)
        {
            throw new StoreDamagedException($"{path} is not a store of this program. It is left as it is; choose another path for the store.");
        }
        else if (version is 1 or 2 && !readOnly)
        {
            database.InTransaction(() =>
            {
                if (version == 1)
                {
                    database.Execute(FromVersion1);
                }

                database.Execute(FromVersion2);
                SetVersion(database);
            });
        }
        else if (version != Version)
        {
            throw new StoreDamagedException($"{path} has layout {version}, and this program reads layout {Version}. It is left as it is; use the program version that wrote it.");
        }
    }

    private static void SetVersion(SqliteDatabase database) =>
        database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}"));
}
