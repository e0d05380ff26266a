using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Core.Configuration;

/// <summary>What a publisher of format sparkplug is in the Sparkplug namespace.</summary>
public sealed record SparkplugConfig
{
    [Description("Group id; the site's name when left out.")]
    public string? Group { get; init; }

    [Description("Edge node id, unique in its group; the agent's name when left out.")]
    public string? Node { get; init; }

    [Description("Device ids by device name, for devices that are to be called otherwise or whose names have + # or /.")]
    public IReadOnlyDictionary<string, string> DeviceIds { get; init; } = new Dictionary<string, string>();

    [Description("Id of the primary host application; without it, births and data go out whether anybody listens or not.")]
    public string? PrimaryHost { get; init; }

    [Description("With several brokers: milliseconds to wait for the primary host on one of them before the next is tried.")]
    [DefaultValue(10_000), Range(100, 3_600_000)]
    public int HostWaitMs { get; init; } = 10_000;

    [Description("Milliseconds for which connection and primary host must outlive a message before its readings count as delivered; what was sent in this time before either is lost is sent again as historical.")]
    [DefaultValue(2_000), Range(0, 3_600_000)]
    public int ConfirmAfterMs { get; init; } = 2_000;

    [Description("Most metrics of one data message.")]
    [DefaultValue(2_000), Range(1, 100_000)]
    public int MetricsPerMessageMax { get; init; } = 2_000;

    [Description("Writes the type with each value of data messages too, for hosts whose decoder reads no value without it, as npm's sparkplug-payload does.")]
    [DefaultValue(false)]
    public bool TypesInData { get; init; }

    [Description("Milliseconds between messages of the node's own metrics, when they changed.")]
    [DefaultValue(10_000), Range(100, 3_600_000)]
    public int NodeDataMs { get; init; } = 10_000;
}
