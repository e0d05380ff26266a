using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;

namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>Notes services by name, status and size. Their content is not kept: it is encrypted on the wire, and may hold a user's identity.</summary>
internal sealed class ServiceTrace(FrameMemory frames) : IServiceTrace
{
    public void Sent(string service, int bytes) => frames.Sent(FrameMemory.Connection, [], service, bytes);

    public void Received(string service, StatusCode status, int bytes) =>
        frames.Received(FrameMemory.Connection, [], status == StatusCodes.Good ? service : $"{service}: {status}", bytes);

    public void Ended(StatusCode status, string reason) => frames.Received(FrameMemory.Connection, [], $"connection ended, {status}: {reason}");
}
