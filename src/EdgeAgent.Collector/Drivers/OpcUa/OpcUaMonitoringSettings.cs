using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>How tags are watched. What is left out comes from the wider place: device, then scan class, then endpoint.</summary>
public sealed record OpcUaMonitoringSettings
{
    [Description("subscribe (the server tells changes) or poll (it is asked at every instant of the scan class); subscribe when left out.")]
    [JsonConverter(typeof(LowerCaseEnumConverter<OpcUaMode>))]
    public OpcUaMode? Mode { get; init; }

    [Description("Milliseconds between two samples of the server; the scan class's period when left out, 0 for as fast as the server can.")]
    [Range(0, 86_400_000)]
    public double? SamplingIntervalMs { get; init; }

    [Description("Milliseconds between two messages of the server; the scan class's period when left out, but at most 1000.")]
    [Range(10, 3_600_000)]
    public double? PublishingIntervalMs { get; init; }

    [Description("Values that the server keeps for each tag between two messages and while the connection is lost; 10 when left out.")]
    [Range(1, 1_000_000)]
    public int? QueueSize { get; init; }

    [Description("Whether a full queue gives up its oldest value (true) or its newest; true when left out.")]
    public bool? DiscardOldest { get; init; }

    [Description("What counts as a change: status, statusvalue or statusvaluetimestamp; statusvalue when left out.")]
    [JsonConverter(typeof(LowerCaseEnumConverter<OpcUaTrigger>))]
    public OpcUaTrigger? Trigger { get; init; }

    [Description("Changes of no more than this, in the unit of the node, are not told by the server.")]
    [Range(0, double.MaxValue)]
    public double? DeadbandAbsolute { get; init; }

    [Description("Changes of no more than this many percent of the node's range (its EURange) are not told by the server.")]
    [Range(0, 100)]
    public double? DeadbandPercent { get; init; }

    /// <summary>These settings, and the wider ones where these say nothing. A deadband of one kind replaces one of the other.</summary>
    internal OpcUaMonitoringSettings Over(OpcUaMonitoringSettings? wider)
    {
        bool hasDeadband = DeadbandAbsolute is not null || DeadbandPercent is not null;
        return wider is null ? this : new OpcUaMonitoringSettings
        {
            Mode = Mode ?? wider.Mode,
            SamplingIntervalMs = SamplingIntervalMs ?? wider.SamplingIntervalMs,
            PublishingIntervalMs = PublishingIntervalMs ?? wider.PublishingIntervalMs,
            QueueSize = QueueSize ?? wider.QueueSize,
            DiscardOldest = DiscardOldest ?? wider.DiscardOldest,
            Trigger = Trigger ?? wider.Trigger,
            DeadbandAbsolute = hasDeadband ? DeadbandAbsolute : wider.DeadbandAbsolute,
            DeadbandPercent = hasDeadband ? DeadbandPercent : wider.DeadbandPercent,
        };
    }
}
