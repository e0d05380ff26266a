using EdgeAgent.Collector.Asking;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>A checked endpoint, ready to be opened.</summary>
/// <param name="Names">Of each device, its name or uuid in the agent, or null.</param>
internal sealed record MtConnectEndpointPlan(
    HttpServer Server, bool ObservationTime, IReadOnlyList<string?> Names, MtConnectTag[] Tags, IReadOnlyList<DevicePlan> Devices) : IPolledEndpointPlan
{
    public IPolledEndpoint Open(EndpointServices services, IPolledEndpoint? previous) => new MtConnectEndpoint(this, services);
}
