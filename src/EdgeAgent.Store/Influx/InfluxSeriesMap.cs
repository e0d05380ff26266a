using EdgeAgent.Core.Model;
using EdgeAgent.Store.Influx.Lines;

namespace EdgeAgent.Store.Influx;

/// <summary>How the readings of one definition begin in line protocol, by tag id.</summary>
internal sealed class InfluxSeriesMap
{
    public InfluxSeriesMap(AgentKey agent, PlantDefinition definition)
    {
        Definition = definition;
        Keys = new byte[definition.Tags.Count][];
        for (int i = 0; i < Keys.Length; i++)
        {
            TagDefinition tag = definition.Tags[i];
            Keys[i] = ReadingFormatter.Key(new SeriesKey(agent.Site, agent.Agent, definition.Devices[tag.DeviceId].Name, tag.Name));
        }

        Provenance = new Provenance[definition.Devices.Count];
    }

    public PlantDefinition Definition { get; }

    public byte[][] Keys { get; }

    /// <summary>Of each device, for the batch being written.</summary>
    public Provenance[] Provenance { get; }
}
