using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Sessions;

/// <summary>A session that has ended (OPC 10000-4 §5.6.4).</summary>
internal readonly record struct CloseSessionResponse(ResponseHeader Header)
{
    public void Write(UaBuffer target) => Header.Write(target, ServiceIds.CloseSessionResponse);

    public static UaFault TryRead(ReadOnlySpan<byte> message, out CloseSessionResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        response = new CloseSessionResponse(ResponseHeader.Read(ref reader, ServiceIds.CloseSessionResponse));
        return reader.End();
    }
}
