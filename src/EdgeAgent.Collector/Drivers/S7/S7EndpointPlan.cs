using EdgeAgent.Protocols.S7;

namespace EdgeAgent.Collector.Drivers.S7;

/// <summary>A checked endpoint, ready to be opened.</summary>
internal sealed record S7EndpointPlan(S7ClientOptions Client, IReadOnlyList<S7DeviceSettings> DeviceSettings, S7Tag[] Tags, IReadOnlyList<DevicePlan> Devices) : IPolledEndpointPlan
{
    public IPolledEndpoint Open(EndpointServices services, IPolledEndpoint? previous)
    {
        // A controller has few connections: one that stands is taken over rather than a second one opened.
        S7Client client = (previous as S7Endpoint)?.ReleaseClient(Client) ?? new S7Client(Client, services.Time);
        return new S7Endpoint(Client, client, this, services);
    }
}
