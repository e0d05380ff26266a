using System.Runtime.CompilerServices;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite;

/// <summary>Reads hourly accounts in the order in which they lie in the file, by hour; names are looked up once for each device.</summary>
internal static class AccountReader
{
    /// <summary>Rows between two looks at the cancellation.</summary>
    private const int CancellationRows = 100_000;

    public static List<DeviceHour> Read(SqliteDatabase database, string? site, int fromHour, int toHour)
    {
        var hours = new List<DeviceHour>();
        Visit(
            database, site, fromHour, toHour,
            (DeviceSource s, in ScanAccount account) => hours.Add(new DeviceHour(s.Agent, s.Device, s.Asset, s.Driver, s.Address, account)),
            CancellationToken.None);
        return hours;
    }

    /// <remarks>Optimised at once: most calls are one long loop, and a process that asks once should not wait for the runtime to notice.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Visit(SqliteDatabase database, string? site, int fromHour, int toHour, DeviceHourVisitor visitor, CancellationToken cancellation)
    {
        DeviceSource?[] sources = Devices(database, site);
        Statement rows = database.Sql("""
            SELECT device_id, hour, provenance, due, good, bad, missed, missed_down, filtered, dropped, buffered, changed, beyond, filled
            FROM device_hours WHERE hour >= ? AND hour < ?
            """).Bind(1, fromHour).Bind(2, toHour);
        Span<long> row = stackalloc long[14];
        try
        {
            for (int left = CancellationRows; rows.Step(); left--)
            {
                if (left == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    left = CancellationRows;
                }

                rows.ReadInt64s(row);
                if (sources[row[0]] is { } source)
                {
                    visitor(source, new ScanAccount(
                        0, (int)row[1], (Provenance)row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10], row[11], row[12], row[13]));
                }
            }
        }
        finally
        {
            rows.Reset();
        }
    }

    public static List<HourVersion> Versions(SqliteDatabase database, int fromHour, int toHour)
    {
        var versions = new List<HourVersion>();
        Statement rows = database.Sql("SELECT hour, version FROM hour_versions WHERE hour >= ? AND hour < ? ORDER BY hour")
            .Bind(1, fromHour).Bind(2, toHour);
        while (rows.Step())
        {
            versions.Add(new HourVersion(rows.Int32(0), rows.Int64(1)));
        }

        return versions;
    }

    /// <summary>The devices by row id; those of other sites are left out.</summary>
    public static DeviceSource?[] Devices(SqliteDatabase database, string? site)
    {
        var sources = new DeviceSource?[database.Scalar("SELECT coalesce(max(id), 0) FROM devices") + 1];
        Dictionary<AgentKey, AgentKey> agents = [];
        Statement rows = database.Sql("""
            SELECT devices.id, site, agent, name, asset, driver, address FROM devices JOIN agents ON agents.id = agent_id WHERE ?1 IS NULL OR site = ?1
            """);
        _ = site is null ? rows.BindNull(1) : rows.Bind(1, site);
        while (rows.Step())
        {
            var agent = new AgentKey(rows.Text(1), rows.Text(2));
            agent = agents.TryGetValue(agent, out AgentKey known) ? known : agents[agent] = agent;
            sources[rows.Int32(0)] = new DeviceSource(agent, rows.Text(3), rows.Text(4), rows.Text(5), rows.Text(6));
        }

        return sources;
    }
}
