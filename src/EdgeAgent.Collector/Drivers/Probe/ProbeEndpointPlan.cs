namespace EdgeAgent.Collector.Drivers.Probe;

/// <summary>A checked set of probes, ready to run.</summary>
internal sealed record ProbeEndpointPlan(ProbeEndpointSettings Settings, IReadOnlyList<ProbeDeviceSettings> Targets, ProbeTag[] Tags, IReadOnlyList<DevicePlan> Devices) : IPolledEndpointPlan
{
    public IPolledEndpoint Open(EndpointServices services, IPolledEndpoint? previous) => new ProbeEndpoint(this, services);
}
