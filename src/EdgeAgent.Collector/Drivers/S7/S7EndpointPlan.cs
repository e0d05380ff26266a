using EdgeAgent.Collector.Asking;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Protocols.S7;

namespace EdgeAgent.Collector.Drivers.S7;

/// <summary>A checked endpoint, ready to be opened.</summary>
internal sealed record S7EndpointPlan(S7ClientOptions Client, IReadOnlyList<S7DeviceSettings> DeviceSettings, S7Tag[] Tags, IReadOnlyList<DevicePlan> Devices) : IPolledEndpointPlan
{
    public IPolledEndpoint Open(EndpointServices services, IPolledEndpoint? previous)
    {
        S7Client client = ControllerEndpoint<S7Client, S7ClientOptions>.TakeOver(previous, Client) ?? new S7Client(Client, services.Time);
        return new ControllerEndpoint<S7Client, S7ClientOptions>(Client, client, [.. services.Groups.Select(group =>
            new S7GroupReader(client, group.TagIds.Select(id => Tags[id]), DeviceSettings[group.Device].GapBytesMax, services.Time))], new S7IdentityReader(client),
            [.. services.Groups.Select(group => group.Device)], new FrameMemory(Devices.Count, services.Time, meaning: S7FrameMeanings.Of));
    }
}
