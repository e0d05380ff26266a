using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>Reads a whole response message.</summary>
internal delegate UaFault ResponseReader<TResponse>(ReadOnlySpan<byte> message, out TResponse response);

/// <summary>An exchange for services that are called a few times a session: its request and response are objects made for it.</summary>
internal sealed class RareExchange<TResponse>(Action<UaBuffer, RequestHeader> write, ResponseReader<TResponse> read, Func<TResponse, ResponseHeader> headerOf) : IUaExchange
{
    /// <summary>The response, if one came that can be read.</summary>
    public TResponse? Response { get; private set; }

    public void WriteRequest(UaBuffer target, in RequestHeader header) => write(target, header);

    public StatusCode ReadResponse(ReadOnlySpan<byte> message)
    {
        UaFault fault = read(message, out TResponse response);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        Response = response;
        return headerOf(response).Result;
    }
}
