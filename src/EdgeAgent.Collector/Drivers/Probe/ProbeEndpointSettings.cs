using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Collector.Drivers.Probe;

/// <summary>What is common to the addresses that one endpoint probes.</summary>
public sealed record ProbeEndpointSettings
{
    [Description("Milliseconds in which an address must answer.")]
    [DefaultValue(1000), Range(10, 60_000)]
    public int TimeoutMs { get; init; } = 1000;
}
