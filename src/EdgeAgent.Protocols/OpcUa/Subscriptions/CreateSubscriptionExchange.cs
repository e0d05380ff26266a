using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>Makes a subscription, and registers it before its first message can arrive.</summary>
internal sealed class CreateSubscriptionExchange(SubscriptionEngine engine, OpcUaSubscription subscription) : IUaExchange
{
    // A server keeps a subscription for three keep-alive times at least (OPC 10000-4 §5.14.2).
    private const uint LifetimePerKeepAlive = 3;

    public void WriteRequest(UaBuffer target, in RequestHeader header)
    {
        SubscriptionOptions options = subscription.Options;
        uint keepAlive = Intervals(options.KeepAliveMs, options.PublishingIntervalMs);
        uint lifetime = Math.Max(Intervals(options.LifetimeMs, options.PublishingIntervalMs), keepAlive * LifetimePerKeepAlive);
        new CreateSubscriptionRequest(
            header, options.PublishingIntervalMs, lifetime, keepAlive, options.NotificationsPerPublishMax, true, options.Priority).Write(target);
    }

    public StatusCode ReadResponse(ReadOnlySpan<byte> message)
    {
        UaFault fault = CreateSubscriptionResponse.TryRead(message, out CreateSubscriptionResponse response);
        if (fault != UaFault.None || response.Header.Result.IsBad)
        {
            return fault != UaFault.None ? fault.ToStatus() : response.Header.Result;
        }
        engine.Created(subscription, response);
        return StatusCodes.Good;
    }

    private static uint Intervals(double timeMs, double intervalMs) => (uint)Math.Clamp(Math.Ceiling(timeMs / Math.Max(intervalMs, 1)), 1, 1_000_000);
}
