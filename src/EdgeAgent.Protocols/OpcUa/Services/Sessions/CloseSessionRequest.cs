using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Sessions;

/// <summary>Ends a session, with its subscriptions or without (OPC 10000-4 §5.6.4).</summary>
internal readonly record struct CloseSessionRequest(RequestHeader Header, bool DeleteSubscriptions)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.CloseSessionRequest);
        target.WriteBoolean(DeleteSubscriptions);
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out CloseSessionRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new CloseSessionRequest(RequestHeader.Read(ref reader, ServiceIds.CloseSessionRequest), reader.ReadBoolean());
        return reader.End();
    }
}
