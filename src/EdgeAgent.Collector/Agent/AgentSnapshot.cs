using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Publishing;

namespace EdgeAgent.Collector.Agent;

/// <summary>How the agent fares at one moment, for metrics, API and demo. Counts are readings since the agent started.</summary>
/// <param name="Site">Site name.</param>
/// <param name="Agent">Agent name.</param>
/// <param name="Devices">In the order of the configuration.</param>
/// <param name="Counts">Over all devices, those of earlier configurations included.</param>
/// <param name="DroppedPipelineFull">The part of the dropped readings that found the pipeline full.</param>
/// <param name="DroppedBufferFull">The part of the dropped readings whose batch the buffer could not take.</param>
/// <param name="Buffer">What the buffer holds.</param>
/// <param name="Publishers">In the order of the configuration.</param>
/// <param name="Seen">Devices that sent something and are not configured, with the endpoint at which they appeared.</param>
public sealed record AgentSnapshot(
    string Site,
    string Agent,
    IReadOnlyList<DeviceSnapshot> Devices,
    ReadingCounts Counts,
    long DroppedPipelineFull,
    long DroppedBufferFull,
    BufferStatistics Buffer,
    IReadOnlyList<PublisherStatistics> Publishers,
    IReadOnlyList<(string Endpoint, SeenDevice Device)> Seen)
{
    /// <summary>The serial lines, in the order of the configuration.</summary>
    public IReadOnlyList<LineSnapshot> Lines { get; init; } = [];

    /// <summary>The connections, in the order of the configuration.</summary>
    public IReadOnlyList<EndpointSnapshot> Endpoints { get; init; } = [];

    public int Online => Devices.Count(device => device.Online);
}
