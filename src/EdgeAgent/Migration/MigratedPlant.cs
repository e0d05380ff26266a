using System.Text.Json.Nodes;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Migration;

/// <summary>What was understood of another program's project: endpoints, devices and tags as ours, and what is left over.</summary>
internal sealed class MigratedPlant
{
    private readonly List<LeftOver> _leftOvers = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public List<MigratedEndpoint> Endpoints { get; } = [];

    /// <summary>Periods in milliseconds by the name of their scan class.</summary>
    public SortedDictionary<string, int> ScanClasses { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<LeftOver> LeftOvers => _leftOvers;

    public int Tags => Endpoints.Sum(endpoint => endpoint.Devices.Sum(device => device.Tags.Count));

    public void Leave(string where, string why) => _leftOvers.Add(new LeftOver(where, why));

    /// <summary>The endpoint with this driver and these settings, so that two plans for one address become one connection; made if need be.</summary>
    public MigratedEndpoint Endpoint(string name, string driver, JsonObject settings)
    {
        MigratedEndpoint? same = Endpoints.Find(known => known.Driver == driver && JsonNode.DeepEquals(known.Settings, settings));
        if (same is null)
        {
            same = new MigratedEndpoint(Unique(Endpoints.Select(known => known.Name), name), driver, settings);
            Endpoints.Add(same);
        }

        return same;
    }

    /// <summary>The device of an endpoint with these settings; made, with a name that no other device has, if need be.</summary>
    public MigratedDevice Device(MigratedEndpoint endpoint, string name, JsonObject settings)
    {
        MigratedDevice? same = endpoint.Devices.Find(known => JsonNode.DeepEquals(known.Settings, settings));
        return same ?? AddDevice(endpoint, name, settings);
    }

    /// <summary>Another device of an endpoint, whatever the others are; with a name that no other device has.</summary>
    public MigratedDevice AddDevice(MigratedEndpoint endpoint, string name, JsonObject settings)
    {
        MigratedDevice device = new(Unique(_names, name), settings);
        _names.Add(device.Name);
        endpoint.Devices.Add(device);
        return device;
    }

    /// <summary>Adds a tag; a name that the device has already gets a number behind it, and that is told.</summary>
    public void Add(MigratedDevice device, TagConfig tag, string where)
    {
        string name = Unique(device.TagNames, tag.Name);
        if (name != tag.Name)
        {
            Leave(where, $"device {device.Name} has another tag of this name; this one is called {name}");
        }

        device.TagNames.Add(name);
        device.Tags.Add(tag with { Name = name });
    }

    /// <summary>The name of the scan class of a period in milliseconds; null for the one that tags have anyway.</summary>
    public string? Scan(double intervalMs, string where)
    {
        int rounded = (int)Math.Clamp(Math.Round(intervalMs), 20, 86_400_000);
        if (Math.Abs(rounded - intervalMs) > 0.5)
        {
            Leave(where, $"a period of {intervalMs:0.#} ms is out of range; {rounded} ms is taken");
        }

        if (rounded == ScanClassConfig.DefaultIntervalMs)
        {
            return null;
        }

        string name = rounded % 1000 == 0 ? $"every-{rounded / 1000}s" : $"every-{rounded}ms";
        ScanClasses[name] = rounded;
        return name;
    }

    private static string Unique(IEnumerable<string> taken, string name)
    {
        HashSet<string> names = [.. taken];
        string unique = name;
        for (int i = 2; names.Contains(unique); i++)
        {
            unique = $"{name}-{i}";
        }

        return unique;
    }
}

/// <summary>A connection as <see cref="EndpointConfig"/> has it.</summary>
internal sealed record MigratedEndpoint(string Name, string Driver, JsonObject Settings)
{
    public List<MigratedDevice> Devices { get; } = [];
}

/// <summary>A device as <see cref="DeviceConfig"/> has it.</summary>
internal sealed record MigratedDevice(string Name, JsonObject Settings)
{
    public List<TagConfig> Tags { get; } = [];

    public HashSet<string> TagNames { get; } = new(StringComparer.Ordinal);
}
