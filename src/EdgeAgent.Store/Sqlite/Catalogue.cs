using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite;

/// <summary>Names to row ids, as the writer sees them: looked up once, created when missing, inside the writer's transaction.</summary>
/// <remarks>After a transaction is rolled back it must be cleared, because ids given out in it are void.</remarks>
internal sealed class Catalogue(SqliteDatabase database)
{
    private readonly Dictionary<AgentKey, long> _agents = [];
    private readonly Dictionary<(long AgentId, Guid Incarnation), IncarnationState> _incarnations = [];
    private readonly Dictionary<(long AgentId, HashKey Hash), DefinitionMap> _definitions = [];
    private readonly Dictionary<long, DefinitionMap> _definitionsById = [];

    public void Clear()
    {
        _agents.Clear();
        _incarnations.Clear();
        _definitions.Clear();
        _definitionsById.Clear();
    }

    public long AgentId(AgentKey agent)
    {
        if (!_agents.TryGetValue(agent, out long id))
        {
            id = Find(database.Sql("SELECT id FROM agents WHERE site = ? AND agent = ?").Bind(1, agent.Site).Bind(2, agent.Agent))
                ?? database.Insert(database.Sql("INSERT INTO agents (site, agent) VALUES (?, ?)").Bind(1, agent.Site).Bind(2, agent.Agent));
            _agents.Add(agent, id);
        }

        return id;
    }

    public IncarnationState Incarnation(long agentId, Guid incarnation)
    {
        if (!_incarnations.TryGetValue((agentId, incarnation), out IncarnationState? state))
        {
            byte[] key = incarnation.ToByteArray(bigEndian: true);
            long id = Find(database.Sql("SELECT id FROM incarnations WHERE agent_id = ? AND incarnation = ?").Bind(1, agentId).Bind(2, key))
                ?? database.Insert(database.Sql("INSERT INTO incarnations (agent_id, incarnation) VALUES (?, ?)").Bind(1, agentId).Bind(2, key));
            state = IncarnationState.Load(database, id);
            _incarnations.Add((agentId, incarnation), state);
        }

        return state;
    }

    /// <param name="announced">Whether a batch brings the definition now: then its units, periods and types become those of its series.</param>
    public DefinitionMap Definition(long agentId, PlantDefinition definition, bool announced)
    {
        var key = (agentId, HashKey.Of(definition.ConfigHash.Span));
        if (announced || !_definitions.TryGetValue(key, out DefinitionMap? map))
        {
            long? known = Find(database.Sql("SELECT id FROM definitions WHERE agent_id = ? AND hash = ?").Bind(1, agentId).Bind(2, definition.ConfigHash.Span));
            long id = known ?? database.Insert(database.Sql("INSERT INTO definitions (agent_id, hash, content) VALUES (?, ?, ?)")
                .Bind(1, agentId).Bind(2, definition.ConfigHash.Span).Bind(3, DefinitionCodec.Encode(definition)));
            map = Map(id, agentId, definition, update: announced || known is null);
            _definitions[key] = map;
            _definitionsById[id] = map;
        }

        return map;
    }

    /// <summary>The map of a definition that a stored batch names.</summary>
    public DefinitionMap DefinitionById(long id)
    {
        if (!_definitionsById.TryGetValue(id, out DefinitionMap? map))
        {
            Statement row = database.Sql("SELECT agent_id, content FROM definitions WHERE id = ?").Bind(1, id);
            if (!row.Step())
            {
                throw new StoreDamagedException($"Batches of the store name definition {id}, which is not there.");
            }

            long agentId = row.Int64(0);
            PlantDefinition definition = ReadContent(row.Blob(1));
            row.Reset();
            map = Map(id, agentId, definition, update: false);
            _definitionsById.Add(id, map);
        }

        return map;
    }

    /// <summary>The definition that a stored batch names.</summary>
    public PlantDefinition StoredDefinition(long id)
    {
        Statement row = database.Sql("SELECT content FROM definitions WHERE id = ?").Bind(1, id);
        PlantDefinition definition = row.Step()
            ? ReadContent(row.Blob(0))
            : throw new StoreDamagedException($"Batches of the store name definition {id}, which is not there.");
        row.Reset();
        return definition;
    }

    /// <summary>The row of a device that is known by name only: that of the definition, or else the newest of that name, or else one without an address.</summary>
    public int DeviceByName(long agentId, PlantDefinition definition, DefinitionMap map, string name)
    {
        for (int i = 0; i < map.DeviceIds.Length; i++)
        {
            if (definition.Devices[i].Name == name)
            {
                return map.DeviceIds[i];
            }
        }

        return (int?)Find(database.Sql("SELECT max(id) FROM devices WHERE agent_id = ? AND name = ? HAVING max(id) IS NOT NULL").Bind(1, agentId).Bind(2, name))
            ?? DeviceId(agentId, new DeviceDefinition(name, "", "", ""));
    }

    public PlantDefinition? FindDefinition(AgentKey agent, ReadOnlySpan<byte> hash)
    {
        Statement row = database.Sql("SELECT content FROM definitions JOIN agents ON agents.id = agent_id WHERE site = ? AND agent = ? AND hash = ?")
            .Bind(1, agent.Site).Bind(2, agent.Agent).Bind(3, hash);
        PlantDefinition? definition = row.Step() ? ReadContent(row.Blob(0)) : null;
        row.Reset();
        return definition;
    }

    private static PlantDefinition ReadContent(ReadOnlySpan<byte> content) =>
        DefinitionCodec.TryDecode(content, BatchLimits.Default, out PlantDefinition? definition) == BatchReadStatus.Ok && definition is not null
            ? definition
            : throw new StoreDamagedException("A definition in the store cannot be read.");

    private DefinitionMap Map(long id, long agentId, PlantDefinition definition, bool update)
    {
        int[] devices = new int[definition.Devices.Count];
        for (int i = 0; i < devices.Length; i++)
        {
            devices[i] = DeviceId(agentId, definition.Devices[i]);
        }

        int[] series = new int[definition.Tags.Count];
        int[] tagDevices = new int[series.Length];
        for (int i = 0; i < series.Length; i++)
        {
            TagDefinition tag = definition.Tags[i];
            tagDevices[i] = tag.DeviceId;
            series[i] = SeriesId(agentId, definition.Devices[tag.DeviceId].Name, tag, update);
        }

        return new DefinitionMap(id, series, devices, tagDevices);
    }

    private int DeviceId(long agentId, DeviceDefinition device) => (int)(
        Find(database.Sql("SELECT id FROM devices WHERE agent_id = ? AND name = ? AND driver = ? AND address = ? AND asset = ?")
            .Bind(1, agentId).Bind(2, device.Name).Bind(3, device.Driver).Bind(4, device.Address).Bind(5, device.Asset))
        ?? database.Insert(database.Sql("INSERT INTO devices (agent_id, name, driver, address, asset) VALUES (?, ?, ?, ?, ?)")
            .Bind(1, agentId).Bind(2, device.Name).Bind(3, device.Driver).Bind(4, device.Address).Bind(5, device.Asset)));

    private int SeriesId(long agentId, string device, TagDefinition tag, bool update)
    {
        if (!update)
        {
            return (int)(Find(database.Sql("SELECT id FROM series WHERE agent_id = ? AND device = ? AND tag = ?").Bind(1, agentId).Bind(2, device).Bind(3, tag.Name))
                ?? throw new StoreDamagedException($"The store knows a definition with tag {tag.Name} of device {device}, and no series for it."));
        }

        Statement upsert = database.Sql("""
            INSERT INTO series (agent_id, device, tag, kind, unit, interval_ms, decimals) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (agent_id, device, tag) DO UPDATE SET kind = excluded.kind, unit = excluded.unit, interval_ms = excluded.interval_ms, decimals = excluded.decimals
            RETURNING id
            """)
            .Bind(1, agentId).Bind(2, device).Bind(3, tag.Name).Bind(4, (long)tag.Kind).Bind(5, tag.Unit).Bind(6, tag.IntervalMs).Bind(7, tag.DecimalPlaces);
        int id = upsert.Step() ? upsert.Int32(0) : throw new StoreDamagedException("The store gave no id for a series.");
        upsert.Reset();
        return id;
    }

    private static long? Find(Statement statement)
    {
        long? id = statement.Step() ? statement.Int64(0) : null;
        statement.Reset();
        return id;
    }
}
