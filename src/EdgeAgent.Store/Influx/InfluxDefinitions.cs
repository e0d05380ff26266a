using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store.Influx.Lines;

namespace EdgeAgent.Store.Influx;

/// <summary>Definitions in the ledger. One never changes under its hash, so what was read once is kept; which there are is asked again, as other hubs add some.</summary>
internal sealed class InfluxDefinitions(InfluxHttp http)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Site, string Agent, string Hash), PlantDefinition> _known = [];
    private readonly HashSet<(AgentKey, HashKey)> _stored = [];

    /// <summary>Whether the definition has to be written: it is not there, or it is announced again and becomes the agent's newest.</summary>
    public async ValueTask<bool> IsNewAsync(AgentKey agent, PlantDefinition definition, bool announced, CancellationToken cancellation)
    {
        if (announced)
        {
            return true;
        }

        lock (_gate)
        {
            if (_stored.Contains((agent, HashKey.Of(definition.ConfigHash.Span))))
            {
                return false;
            }
        }

        return await FindAsync(agent, definition.ConfigHash, cancellation) is null;
    }

    public void Stored(AgentKey agent, PlantDefinition definition)
    {
        lock (_gate)
        {
            _stored.Add((agent, HashKey.Of(definition.ConfigHash.Span)));
        }
    }

    public async Task<PlantDefinition?> FindAsync(AgentKey agent, ReadOnlyMemory<byte> hash, CancellationToken cancellation)
    {
        var found = await ReadAsync($"WHERE {InfluxQl.Of(agent)} AND {InfluxQl.Is("hash", Convert.ToHexStringLower(hash.Span))}", cancellation);
        return found.Count == 0 ? null : found[0].Definition;
    }

    /// <summary>A device that a batch names without an id: as the batch's definition has it, or else as the agent last described it.</summary>
    public async ValueTask<DeviceDefinition> FindDeviceAsync(StoredBatch batch, string name, CancellationToken cancellation)
    {
        DeviceDefinition? own = batch.Definition.Devices.FirstOrDefault(d => d.Name == name);
        if (own is not null)
        {
            return own;
        }

        var all = await ReadAsync($"WHERE {InfluxQl.Of(batch.Agent)}", cancellation);
        return all.SelectMany(d => d.Definition.Devices).LastOrDefault(d => d.Name == name) ?? new DeviceDefinition(name, "", "", "");
    }

    /// <summary>Every definition with its agent's tags, the ones announced last at the end.</summary>
    public async Task<List<(string Site, string Agent, PlantDefinition Definition)>> ListAsync(string? site, CancellationToken cancellation) =>
        await ReadAsync(site is null ? "" : $"WHERE {InfluxQl.Is("site", site)}", cancellation);

    private async Task<List<(string Site, string Agent, PlantDefinition Definition)>> ReadAsync(string where, CancellationToken cancellation)
    {
        var announced = new List<((string Site, string Agent, string Hash) Key, long Announced)>();
        await http.QueryAsync(
            $"SELECT \"announced\" FROM \"definition\" {where} GROUP BY \"site\", \"agent\", \"hash\"", InfluxSpace.Ledger,
            row => announced.Add(((row.Tag("site"), row.Tag("agent"), row.Tag("hash")), row.Int64("announced") ?? 0)), cancellation);
        var definitions = new List<(string, string, PlantDefinition)>();
        foreach (var (key, _) in announced.OrderBy(a => a.Announced))
        {
            definitions.Add((key.Site, key.Agent, await LoadAsync(key, cancellation)));
        }

        return definitions;
    }

    private async Task<PlantDefinition> LoadAsync((string Site, string Agent, string Hash) key, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_known.TryGetValue(key, out PlantDefinition? known))
            {
                return known;
            }
        }

        byte[] content = [];
        await http.QueryAsync(
            $"SELECT * FROM \"definition\" WHERE \"site\" = {InfluxQl.Text(key.Site)} AND \"agent\" = {InfluxQl.Text(key.Agent)} AND \"hash\" = {InfluxQl.Text(key.Hash)}",
            InfluxSpace.Ledger, row => content = LongText.Read(row), cancellation);
        if (DefinitionCodec.TryDecode(content, BatchLimits.Default, out PlantDefinition? definition) != BatchReadStatus.Ok || definition is null)
        {
            throw new StoreDamagedException($"Definition {key.Hash} of {key.Site}/{key.Agent} in InfluxDB cannot be read.");
        }

        lock (_gate)
        {
            return _known[key] = definition;
        }
    }
}
