using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>Ends a subscription.</summary>
internal sealed class DeleteSubscriptionsExchange(uint id) : IUaExchange
{
    public void WriteRequest(UaBuffer target, in RequestHeader header) => new DeleteSubscriptionsRequest(header, [id]).Write(target);

    public StatusCode ReadResponse(ReadOnlySpan<byte> message)
    {
        UaFault fault = StatusResultsResponse.TryRead(message, ServiceIds.DeleteSubscriptionsResponse, out StatusResultsResponse response);
        return fault != UaFault.None ? fault.ToStatus() : response.Header.Result.IsBad ? response.Header.Result : response.Results is [{ } result] ? result : StatusCodes.BadUnknownResponse;
    }
}
