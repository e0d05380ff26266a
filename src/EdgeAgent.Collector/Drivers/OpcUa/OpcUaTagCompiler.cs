using EdgeAgent.Collector.Drivers.OpcUa.Addresses;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>Checks the tags of one device and compiles them.</summary>
/// <param name="endpoint">Null when the endpoint's settings are wrong; tags are checked nevertheless.</param>
internal sealed class OpcUaTagCompiler(OpcUaEndpointSettings? endpoint, OpcUaDeviceSettings? device, int deviceIndex, ConfigPath path, ConfigErrors errors)
{
    // A scan class of minutes must not delay what a server could tell at once.
    private const double PublishingIntervalMsMax = 1000;
    private const int QueueSizeUsual = 10;

    private static readonly Dictionary<string, string> s_none = [];

    /// <summary>The periods of the agent's scan classes are not the driver's to know: -1 stands for the period of the tag's group.</summary>
    public const double PeriodOfGroup = -1;

    public OpcUaTag? Compile(TagConfig tag, int id, int index)
    {
        ConfigPath at = tag.Source ?? path.Member("tags").Index(index);
        int before = errors.Total;
        if (!TagAddressParser.TryParse(tag.Address, device?.Root ?? "", endpoint?.Namespaces ?? s_none, out TagAddress address, out string problem))
        {
            errors.Add(at.Member("address"), $"tag '{tag.Name}': {problem}: '{tag.Address}'",
                "ns=2;s=Press.Count, nsu=urn:maker:machine;i=5001, or a path such as /Objects/2:Machine/2:Speed", "edgeagent browse lists the server's nodes");
        }
        if (tag.Bit is not null || tag.Order is not null || tag.Length is not null)
        {
            string member = tag.Bit is not null ? "bit" : tag.Order is not null ? "order" : "length";
            errors.Add(at.Member(member), $"tag '{tag.Name}': OPC UA values come with their type", "no " + member, "leave it out");
        }
        ValueKind kind = KindOf(tag, at);
        if (errors.Total > before)
        {
            return null;
        }
        OpcUaMonitoringSettings monitoring = MonitoringOf(tag);
        return new OpcUaTag(
            id, deviceIndex, address, kind, monitoring.Mode ?? OpcUaMode.Subscribe, monitoring.PublishingIntervalMs ?? PeriodOfGroup, ItemOf(monitoring, address));
    }

    /// <summary>The publishing interval for a group of this period where none is configured.</summary>
    public static double PublishingIntervalOf(int periodMs) => Math.Min(periodMs, PublishingIntervalMsMax);

    private OpcUaMonitoringSettings MonitoringOf(TagConfig tag)
    {
        OpcUaMonitoringSettings? ofClass = null;
        endpoint?.ScanClasses.TryGetValue(tag.Scan ?? ScanClassConfig.DefaultName, out ofClass);
        return (device?.Monitoring ?? new OpcUaMonitoringSettings()).Over(ofClass).Over(endpoint?.Monitoring);
    }

    private static MonitoredItemOptions ItemOf(OpcUaMonitoringSettings monitoring, TagAddress address)
    {
        DeadbandKind kind = monitoring.DeadbandPercent is > 0 ? DeadbandKind.Percent : monitoring.DeadbandAbsolute is > 0 ? DeadbandKind.Absolute : DeadbandKind.None;
        double deadband = kind == DeadbandKind.Percent ? monitoring.DeadbandPercent!.Value : monitoring.DeadbandAbsolute ?? 0;
        var trigger = (DataChangeTrigger)(int)(monitoring.Trigger ?? OpcUaTrigger.StatusValue);
        // The server's own default needs no filter, which some servers do not know.
        bool isUsual = trigger == DataChangeTrigger.StatusValue && kind == DeadbandKind.None;
        return new MonitoredItemOptions(
            monitoring.SamplingIntervalMs ?? PeriodOfGroup, (uint)(monitoring.QueueSize ?? QueueSizeUsual), monitoring.DiscardOldest ?? true,
            isUsual ? null : new DataChangeFilter(trigger, kind, deadband), address.IndexRange);
    }

    private ValueKind KindOf(TagConfig tag, ConfigPath at)
    {
        switch (tag.Type)
        {
            case null or TagType.Float64: return ValueKind.Float64;
            case TagType.Bool: return ValueKind.Boolean;
            case TagType.Int8 or TagType.Int16 or TagType.Int32 or TagType.Int64: return ValueKind.Int64;
            case TagType.UInt8 or TagType.UInt16 or TagType.UInt32 or TagType.UInt64: return ValueKind.UInt64;
            case TagType.Float32: return ValueKind.Float32;
            case TagType.String: return ValueKind.Text;
            case TagType.Bytes: return ValueKind.Bytes;
            default:
                errors.Add(at.Member("type"), $"tag '{tag.Name}': OPC UA has no {tag.Type.ToString()!.ToLowerInvariant()}", "bool, int64, uint64, float32, float64, string or bytes", "leave it out for a number");
                return ValueKind.None;
        }
    }
}
