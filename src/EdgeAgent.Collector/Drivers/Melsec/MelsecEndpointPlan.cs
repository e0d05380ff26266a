using EdgeAgent.Collector.Asking;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Collector.Drivers.Melsec;

/// <summary>A checked endpoint, ready to be opened.</summary>
internal sealed record MelsecEndpointPlan(
    MelsecClientOptions Client, IReadOnlyList<MelsecDeviceSettings> DeviceSettings, MelsecTag[] Tags, IReadOnlyList<DevicePlan> Devices) : IPolledEndpointPlan
{
    public IPolledEndpoint Open(EndpointServices services, IPolledEndpoint? previous)
    {
        MelsecClient client = ControllerEndpoint<MelsecClient, MelsecClientOptions>.TakeOver(previous, Client) ?? new MelsecClient(Client, services.Time);
        return new ControllerEndpoint<MelsecClient, MelsecClientOptions>(Client, client, [.. services.Groups.Select(group =>
            new MelsecGroupReader(client, group.TagIds.Select(id => Tags[id]), DeviceSettings[group.Device], Client.Frame, services.Time))], new MelsecIdentityReader(client),
            [.. services.Groups.Select(group => group.Device)], new FrameMemory(Devices.Count, services.Time, meaning: MelsecFrameMeanings.Of));
    }
}
