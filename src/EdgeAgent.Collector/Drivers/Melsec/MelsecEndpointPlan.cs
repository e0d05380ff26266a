using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Collector.Drivers.Melsec;

/// <summary>A checked endpoint, ready to be opened.</summary>
internal sealed record MelsecEndpointPlan(
    MelsecClientOptions Client, IReadOnlyList<MelsecDeviceSettings> DeviceSettings, MelsecTag[] Tags, IReadOnlyList<DevicePlan> Devices) : IPolledEndpointPlan
{
    public IPolledEndpoint Open(EndpointServices services, IPolledEndpoint? previous)
    {
        // A controller's port takes one connection: one that stands is taken over rather than a second one opened.
        MelsecClient client = (previous as MelsecEndpoint)?.ReleaseClient(Client) ?? new MelsecClient(Client, services.Time);
        return new MelsecEndpoint(Client, client, this, services);
    }
}
