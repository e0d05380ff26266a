using EdgeAgent.Collector.Asking;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>A checked endpoint that takes every change, ready to be opened.</summary>
/// <param name="Names">Of each device, its name or uuid in the agent, or null.</param>
internal sealed record MtConnectSamplePlan(
    HttpServer Server, MtConnectEndpointSettings Settings, IReadOnlyList<string?> Names, MtConnectTag[] Tags, IReadOnlyList<DevicePlan> Devices) : IPushedEndpointPlan
{
    public IPushedEndpoint Open(EndpointServices services, IPushedEndpoint? previous) => new MtConnectSampleEndpoint(this, services);

    /// <summary>Tags are numbered device by device.</summary>
    public MtConnectTag[] TagsOf(int device) => [.. Tags.Skip(Devices.Take(device).Sum(before => before.RawKinds.Count)).Take(Devices[device].RawKinds.Count)];
}
