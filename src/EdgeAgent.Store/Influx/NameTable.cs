using EdgeAgent.Core.Model;
using EdgeAgent.Store.Influx.Lines;

namespace EdgeAgent.Store.Influx;

/// <summary>From tags back to names, by way of the definitions: a tag may be a name that InfluxDB cannot hold, see <see cref="TagValue"/>.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<(string, string), AgentKey> _agents = [];
    private readonly Dictionary<(string Site, string Agent, string Device), string> _devices = [];
    private readonly Dictionary<(string Site, string Agent, string Device, string Tag), SeriesInfo> _series = [];

    public NameTable(IEnumerable<(string Site, string Agent, PlantDefinition Definition)> definitions)
    {
        foreach (var (site, agent, definition) in definitions)
        {
            // Site and agent names cannot hold what tags cannot, so their tags are their names.
            var key = new AgentKey(site, agent);
            _agents[(site, agent)] = key;
            foreach (DeviceDefinition device in definition.Devices)
            {
                _devices[(site, agent, TagValue.Of(device.Name))] = device.Name;
            }

            foreach (TagDefinition tag in definition.Tags)
            {
                string device = definition.Devices[tag.DeviceId].Name;
                _series[(site, agent, TagValue.Of(device), TagValue.Of(tag.Name))] =
                    new SeriesInfo(new SeriesKey(site, agent, device, tag.Name), tag.Kind, tag.Unit, tag.IntervalMs, tag.DecimalPlaces);
            }
        }
    }

    public IReadOnlyDictionary<(string, string), AgentKey> Agents => _agents;

    public IReadOnlyCollection<SeriesInfo> Series => _series.Values;

    public string Device(string site, string agent, string device) => _devices.GetValueOrDefault((site, agent, device), device);

    public SeriesInfo? Find(string site, string agent, string device, string tag) => _series.GetValueOrDefault((site, agent, device, tag));
}
