using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using Npgsql;

namespace EdgeAgent.Store.Postgres;

/// <summary>Names to row ids as the writer sees them, looked up or created inside its transaction.</summary>
/// <remarks>Rows are never renumbered, so what is remembered stays true whatever other hubs do. After a transaction is rolled back it must
/// be cleared, because ids given out in it are void.</remarks>
internal sealed class PostgresCatalogue(string schema)
{
    private readonly Dictionary<AgentKey, int> _agents = [];
    private readonly Dictionary<(int AgentId, Guid Incarnation), int> _incarnations = [];
    private readonly Dictionary<(int AgentId, HashKey Hash), PostgresDefinition> _definitions = [];

    public void Clear()
    {
        _agents.Clear();
        _incarnations.Clear();
        _definitions.Clear();
    }

    public async Task<int> AgentAsync(NpgsqlConnection connection, AgentKey agent, CancellationToken cancellation)
    {
        if (!_agents.TryGetValue(agent, out int id))
        {
            id = await FindOrInsertAsync(connection,
                $"SELECT id FROM {schema}.agents WHERE site = $1 AND agent = $2",
                $"INSERT INTO {schema}.agents (site, agent) VALUES ($1, $2) ON CONFLICT (site, agent) DO UPDATE SET site = excluded.site RETURNING id",
                cancellation, agent.Site, agent.Agent);
            _agents.Add(agent, id);
        }

        return id;
    }

    public async Task<int> IncarnationAsync(NpgsqlConnection connection, int agentId, Guid incarnation, CancellationToken cancellation)
    {
        if (!_incarnations.TryGetValue((agentId, incarnation), out int id))
        {
            id = await FindOrInsertAsync(connection,
                $"SELECT id FROM {schema}.incarnations WHERE agent_id = $1 AND incarnation = $2",
                $"INSERT INTO {schema}.incarnations (agent_id, incarnation) VALUES ($1, $2) RETURNING id",
                cancellation, agentId, incarnation);
            _incarnations.Add((agentId, incarnation), id);
        }

        return id;
    }

    /// <param name="announced">Whether a batch brings the definition now: then its units, periods and types become those of its series.</param>
    public async Task<PostgresDefinition> DefinitionAsync(NpgsqlConnection connection, int agentId, PlantDefinition definition, bool announced, CancellationToken cancellation)
    {
        var key = (agentId, HashKey.Of(definition.ConfigHash.Span));
        if (!announced && _definitions.TryGetValue(key, out PostgresDefinition? known))
        {
            return known;
        }

        byte[] hash = definition.ConfigHash.ToArray();
        await using NpgsqlCommand find = Command(connection, $"SELECT id FROM {schema}.definitions WHERE agent_id = $1 AND hash = $2", agentId, hash);
        int? stored = (int?)await find.ExecuteScalarAsync(cancellation);
        int id = stored ?? await InsertAsync(connection,
            $"INSERT INTO {schema}.definitions (agent_id, hash, content) VALUES ($1, $2, $3) RETURNING id", cancellation, agentId, hash, DefinitionCodec.Encode(definition));
        bool update = announced || stored is null;
        known = new PostgresDefinition(
            id, await SeriesAsync(connection, agentId, definition, update, cancellation), await DevicesAsync(connection, agentId, definition.Devices, cancellation));
        _definitions[key] = known;
        return known;
    }

    /// <summary>The row of a device that is known by name only: that of the definition, or else the newest of that name, or else one without an address.</summary>
    public async Task<int> DeviceByNameAsync(NpgsqlConnection connection, int agentId, PlantDefinition definition, string name, CancellationToken cancellation)
    {
        DeviceDefinition? device = definition.Devices.FirstOrDefault(d => d.Name == name);
        if (device is null)
        {
            await using var newest = Command(connection, $"SELECT max(id) FROM {schema}.devices WHERE agent_id = $1 AND name = $2", agentId, Text(name));
            if (await newest.ExecuteScalarAsync(cancellation) is int id)
            {
                return id;
            }

            device = new DeviceDefinition(name, "", "", "");
        }

        return (await DevicesAsync(connection, agentId, [device], cancellation))[0];
    }

    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (object value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static async Task<int> FindOrInsertAsync(NpgsqlConnection connection, string find, string insert, CancellationToken cancellation, params object[] values)
    {
        await using NpgsqlCommand command = Command(connection, find, values);
        return await command.ExecuteScalarAsync(cancellation) is int found ? found : await InsertAsync(connection, insert, cancellation, values);
    }

    private static async Task<int> InsertAsync(NpgsqlConnection connection, string insert, CancellationToken cancellation, params object[] values)
    {
        await using NpgsqlCommand command = Command(connection, insert, values);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>PostgreSQL's texts hold no NUL; one wrongly written name must not stop a hub.</summary>
    private static string Text(string text) => text.Replace('\0', '\uFFFD');

    private async Task<int[]> SeriesAsync(NpgsqlConnection connection, int agentId, PlantDefinition definition, bool update, CancellationToken cancellation)
    {
        IReadOnlyList<TagDefinition> tags = definition.Tags;
        // One statement for all: a plant of 10,000 tags must not take 10,000 round trips.
        string onConflict = update
            ? "kind = excluded.kind, unit = excluded.unit, interval_ms = excluded.interval_ms, decimals = excluded.decimals"
            : "tag = excluded.tag";
        await using NpgsqlCommand command = Command(connection, $"""
            INSERT INTO {schema}.series (agent_id, device, tag, kind, unit, interval_ms, decimals)
            SELECT $1, * FROM unnest($2::text[], $3::text[], $4::smallint[], $5::text[], $6::integer[], $7::integer[])
            ON CONFLICT (agent_id, device, tag) DO UPDATE SET {onConflict}
            RETURNING id, device, tag
            """,
            agentId, tags.Select(t => Text(definition.Devices[t.DeviceId].Name)).ToArray(), tags.Select(t => Text(t.Name)).ToArray(), tags.Select(t => (short)t.Kind).ToArray(),
            tags.Select(t => Text(t.Unit)).ToArray(), tags.Select(t => t.IntervalMs).ToArray(), tags.Select(t => t.DecimalPlaces).ToArray());
        var ids = new Dictionary<(string Device, string Tag), int>();
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            ids[(rows.GetString(1), rows.GetString(2))] = rows.GetInt32(0);
        }

        return [.. tags.Select(t => ids[(Text(definition.Devices[t.DeviceId].Name), Text(t.Name))])];
    }

    private async Task<int[]> DevicesAsync(NpgsqlConnection connection, int agentId, IReadOnlyList<DeviceDefinition> devices, CancellationToken cancellation)
    {
        await using NpgsqlCommand command = Command(connection, $"""
            INSERT INTO {schema}.devices (agent_id, name, driver, address, asset)
            SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[])
            ON CONFLICT (agent_id, name, driver, address, asset) DO UPDATE SET name = excluded.name
            RETURNING id, name
            """,
            agentId, devices.Select(d => Text(d.Name)).ToArray(), devices.Select(d => Text(d.Driver)).ToArray(), devices.Select(d => Text(d.Address)).ToArray(), devices.Select(d => Text(d.Asset)).ToArray());
        var ids = new Dictionary<string, int>();
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            ids[rows.GetString(1)] = rows.GetInt32(0);
        }

        return [.. devices.Select(d => ids[Text(d.Name)])];
    }
}
