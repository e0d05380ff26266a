using System.ComponentModel;

namespace EdgeAgent.Core.Configuration;

/// <summary>What the program tells about itself to others without being asked. Nothing, unless it is set here.</summary>
public sealed record TelemetryConfig
{
    [Description("Metrics by OTLP, for machines that nothing can scrape.")]
    public OtlpConfig? Otlp { get; init; }
}
