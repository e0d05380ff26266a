using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services;

/// <summary>What every request begins with (OPC 10000-4 §7.33).</summary>
/// <param name="AuthenticationToken">The secret name of the session; null without one.</param>
/// <param name="TimeoutMs">After this time the caller no longer waits, and the server need not answer.</param>
internal readonly record struct RequestHeader(NodeId AuthenticationToken, DateTime Timestamp, uint RequestHandle, uint TimeoutMs)
{
    public void Write(UaBuffer target, uint serviceId)
    {
        target.WriteNodeId(new NodeId(serviceId));
        target.WriteNodeId(AuthenticationToken);
        target.WriteDateTime(Timestamp);
        target.WriteUInt32(RequestHandle);
        target.WriteUInt32(0); // no diagnostics wanted
        target.WriteString(null); // no audit entry
        target.WriteUInt32(TimeoutMs);
        target.WriteExtensionObject(null);
    }

    public static RequestHeader Read(ref UaReader reader, uint serviceId)
    {
        if (reader.ReadNodeId() != new NodeId(serviceId))
        {
            reader.Fail(UaFault.TypeUnexpected);
        }
        NodeId token = reader.ReadNodeId();
        DateTime timestamp = reader.ReadDateTime();
        uint handle = reader.ReadUInt32();
        reader.ReadUInt32();
        reader.SkipString();
        uint timeoutMs = reader.ReadUInt32();
        reader.ReadExtension(out _, out _, out _);
        return new RequestHeader(token, timestamp, handle, timeoutMs);
    }
}
