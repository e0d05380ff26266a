using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services;

/// <summary>Says that the channel will not be used any more; there is no response (OPC 10000-4 §5.5.3).</summary>
internal readonly record struct CloseSecureChannelRequest(RequestHeader Header)
{
    public void Write(UaBuffer target) => Header.Write(target, ServiceIds.CloseSecureChannelRequest);
}
