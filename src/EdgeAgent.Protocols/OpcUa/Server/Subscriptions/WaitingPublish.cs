using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>A Publish request that has not been answered yet.</summary>
internal sealed record WaitingPublish(ServerConnection Connection, uint RequestId, uint RequestHandle, uint TimeoutMs, long ReceivedAt, uint[] AcknowledgementResults)
{
    /// <summary>The client waits for it no longer.</summary>
    public bool IsOver(TimeProvider time) => TimeoutMs > 0 && time.GetElapsedTime(ReceivedAt) > TimeSpan.FromMilliseconds(TimeoutMs);

    public void Refuse(ServerCore core, StatusCode status)
    {
        var message = new UaBuffer(64);
        new ResponseHeader(core.UtcNow, RequestHandle, status).Write(message, ServiceIds.ServiceFault);
        Connection.Send(RequestId, RequestHandle, message.WrittenSpan);
    }
}
