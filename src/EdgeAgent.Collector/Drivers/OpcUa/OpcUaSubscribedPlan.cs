using EdgeAgent.Protocols.OpcUa.Client;

namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>A checked endpoint of which at least one tag is subscribed to.</summary>
internal sealed record OpcUaSubscribedPlan(
    OpcUaEndpointSettings Settings, IReadOnlyList<OpcUaAddress> Addresses, OpcUaTag[] Tags, IReadOnlyList<DevicePlan> Devices) : IPushedEndpointPlan
{
    public IPushedEndpoint Open(EndpointServices services, IPushedEndpoint? previous) => new OpcUaSubscribedEndpoint(this, services);
}
