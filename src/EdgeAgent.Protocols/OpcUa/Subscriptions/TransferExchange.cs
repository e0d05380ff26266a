using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>Takes a subscription of an earlier session over, with the present value of every item.</summary>
internal sealed class TransferExchange(SubscriptionEngine engine, OpcUaSubscription subscription, uint id) : IUaExchange
{
    public void WriteRequest(UaBuffer target, in RequestHeader header) => new TransferSubscriptionsRequest(header, [id], true).Write(target);

    public StatusCode ReadResponse(ReadOnlySpan<byte> message)
    {
        UaFault fault = TransferSubscriptionsResponse.TryRead(message, out TransferSubscriptionsResponse response);
        if (fault != UaFault.None || response.Header.Result.IsBad)
        {
            return fault != UaFault.None ? fault.ToStatus() : response.Header.Result;
        }
        if (response.Results is not [{ } result])
        {
            return StatusCodes.BadUnknownResponse;
        }
        if (!result.Status.IsBad)
        {
            engine.TakenOver(subscription, result.AvailableSequenceNumbers);
        }
        return result.Status;
    }
}
