using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Ingest;

/// <summary>The definitions that batches name: from the batch that brought one, from the store, or from the agent's birth message.</summary>
/// <remarks>The birth message helps a hub whose store is new while the agent's first batch is long acknowledged elsewhere. It is not
/// signed, but the hash that a signed batch names vouches for it. Used by one stage only.</remarks>
internal sealed class DefinitionCache(ITimeSeriesStore store)
{
    /// <summary>Definitions kept; beyond it all are forgotten and asked for again.</summary>
    private const int KeepMax = 1024;

    private readonly Dictionary<(AgentKey, HashKey), PlantDefinition> _known = [];

    public void Add(AgentKey agent, PlantDefinition definition)
    {
        if (_known.Count >= KeepMax)
        {
            _known.Clear();
        }

        _known[(agent, HashKey.Of(definition.ConfigHash.Span))] = definition;
    }

    public void Add(AgentKey agent, AgentBirth birth)
    {
        var devices = new List<DeviceDefinition>(birth.Devices.Count);
        var tags = new List<TagDefinition>();
        foreach (BirthDevice device in birth.Devices)
        {
            foreach (BirthTag tag in device.Tags)
            {
                if (!Enum.TryParse(tag.Kind, out ValueKind kind))
                {
                    return;
                }

                tags.Add(new TagDefinition(devices.Count, tag.Name, kind, tag.Unit, tag.IntervalMs, tag.Decimals));
            }

            devices.Add(new DeviceDefinition(device.Name, device.Driver, device.Address, device.Asset));
        }

        PlantDefinition definition = DefinitionCodec.Create(devices, tags);
        if (Convert.ToHexString(definition.ConfigHash.Span).Equals(birth.ConfigHash, StringComparison.OrdinalIgnoreCase))
        {
            Add(agent, definition);
        }
    }

    /// <exception cref="StoreUnavailableException">The store cannot be asked now.</exception>
    public async ValueTask<PlantDefinition?> FindAsync(AgentKey agent, ReadOnlyMemory<byte> configHash, CancellationToken cancellation)
    {
        if (_known.TryGetValue((agent, HashKey.Of(configHash.Span)), out PlantDefinition? known))
        {
            return known;
        }

        PlantDefinition? stored = await store.FindDefinitionAsync(agent, configHash, cancellation);
        if (stored is not null)
        {
            Add(agent, stored);
        }

        return stored;
    }
}
