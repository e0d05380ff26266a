using EdgeAgent.Protocols.Dlt645;

namespace EdgeAgent.Collector.Drivers.Dlt645;

/// <summary>One meter of the configuration.</summary>
/// <param name="RepeatsMax">How often a damaged answer is asked for again.</param>
internal sealed record Meter(MeterAddress Address, Dlt645Version Version, int RepeatsMax);
