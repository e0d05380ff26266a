using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Interop.Tests.OpcUa;

/// <summary>A Publish whose response says only how it went.</summary>
internal sealed class PublishCall : IUaExchange
{
    public void WriteRequest(UaBuffer target, in RequestHeader header) => PublishRequest.Write(target, header, []);

    public StatusCode ReadResponse(ReadOnlySpan<byte> message)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        return ResponseHeader.Read(ref reader, ServiceIds.PublishResponse).Result;
    }
}
