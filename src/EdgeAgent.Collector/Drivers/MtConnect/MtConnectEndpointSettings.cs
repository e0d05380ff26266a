using System.ComponentModel;
using EdgeAgent.Collector.Asking;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>An MTConnect agent.</summary>
public sealed record MtConnectEndpointSettings : HttpServerSettings
{
    [Description("Whether readings carry the time of the observation, that is, since when the value has been so; otherwise the time of the answer.")]
    [DefaultValue(true)]
    public bool ObservationTime { get; init; } = true;
}
