using EdgeAgent.Protocols.OpcUa.Client;

namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>A checked endpoint whose tags are all polled.</summary>
internal sealed record OpcUaPolledPlan(
    OpcUaEndpointSettings Settings, IReadOnlyList<OpcUaAddress> Addresses, OpcUaTag[] Tags, IReadOnlyList<DevicePlan> Devices) : IPolledEndpointPlan
{
    public IPolledEndpoint Open(EndpointServices services, IPolledEndpoint? previous) => new OpcUaPolledEndpoint(this, services);
}
