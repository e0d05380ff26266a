using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>Asks once more for the message that a subscription expects, and takes it.</summary>
internal sealed class RepublishExchange(SubscriptionEngine engine, OpcUaSubscription subscription, uint id, uint number) : IUaExchange
{
    public void WriteRequest(UaBuffer target, in RequestHeader header) => new RepublishRequest(header, id, number).Write(target);

    public StatusCode ReadResponse(ReadOnlySpan<byte> message)
    {
        UaFault fault = RepublishResponse.TryRead(message, out RepublishResponse response);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        if (response.Header.Result.IsBad)
        {
            return response.Header.Result;
        }
        lock (engine.Gate)
        {
            return subscription.Id != id || subscription.ReceiveAgain(response.Message, engine.Time.GetTimestamp())
                ? StatusCodes.Good
                : StatusCodes.BadMessageNotAvailable;
        }
    }
}
