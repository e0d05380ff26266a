using EdgeAgent.Collector.Asking;

namespace EdgeAgent.Collector.Drivers.Http;

/// <summary>A checked endpoint, ready to be opened.</summary>
/// <param name="Requests">Of each device.</param>
internal sealed record HttpEndpointPlan(HttpServer Server, IReadOnlyList<HttpRequest[]> Requests, HttpTag[] Tags, IReadOnlyList<DevicePlan> Devices) : IPolledEndpointPlan
{
    public IPolledEndpoint Open(EndpointServices services, IPolledEndpoint? previous) => new HttpEndpoint(this, services);
}
