using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Broker;

public sealed partial class MqttBroker
{
    // Agents publish to a few topics each; a plant that makes up topics without end must not fill memory with routes.
    private const int RoutesMax = 10_000;

    private readonly SubscriptionTree _tree = new();
    private readonly RetainedMessages _retained;
    private readonly BrokerCounters _counters = new();
    private readonly Dictionary<string, Route> _routes = new(StringComparer.Ordinal);
    private List<BrokerConnection> _touched = [];

    /// <summary>Gives a message to everybody who subscribed to it (gate).</summary>
    internal RouteResult Publish(BrokerMessage message)
    {
        long now = Time.GetTimestamp();
        _counters.MessagesReceived++;
        if (message.Retain && !_retained.Set(message))
        {
            _counters.RetainedRefused++;
        }
        Route route = RouteOf(message.Topic);
        int receivers = 0;
        BrokerSession? behind = null;
        foreach (RouteTarget target in route.Targets)
        {
            if (!target.Excludes(message))
            {
                Give(target.Session, new Delivery(message, Lower(target.Qos, message.Qos), target.RetainAsPublished && message.Retain, target.Identifiers, null), now);
                receivers++;
                behind = Slower(behind, target.Session);
            }
        }
        foreach (ShareGroup group in route.Groups)
        {
            if (group.Choose() is { } member)
            {
                Give(member, message, now);
                receivers++;
                behind = Slower(behind, member.Session);
            }
        }
        _counters.HeldBack += behind != null && message.Qos > MqttQos.AtMostOnce ? 1 : 0;
        return new RouteResult(receivers, behind);
    }

    internal void Subscribe(BrokerConnection connection, SubscribePacket packet, MqttTopicRules rules)
    {
        BrokerSession session = connection.Session;
        int? identifier = packet.Properties?.SubscriptionIdentifiers is [var first, ..] ? first : null;
        var reasons = new List<MqttReason>(packet.Subscriptions.Count);
        var fresh = new List<(BrokerSubscription Subscription, bool IsNew)>();
        foreach (MqttSubscription wanted in packet.Subscriptions)
        {
            bool known = session.Subscriptions.TryGetValue(wanted.Filter, out BrokerSubscription? old);
            if (!rules.MaySubscribe(wanted.Filter))
            {
                Observer.Denied(connection.ClientId, wanted.Filter);
                reasons.Add(MqttReason.NotAuthorized);
                continue;
            }
            if (MqttTopic.IsDeep(wanted.Filter))
            {
                reasons.Add(MqttReason.TopicFilterInvalid);
                continue;
            }
            if (!known && session.Subscriptions.Count >= Options.SubscriptionsPerSessionMax)
            {
                reasons.Add(MqttReason.QuotaExceeded);
                continue;
            }
            if (known)
            {
                _tree.Remove(old!);
            }
            var subscription = new BrokerSubscription(session, wanted, identifier);
            session.Subscriptions[wanted.Filter] = subscription;
            _tree.Add(subscription);
            reasons.Add((MqttReason)wanted.Qos);
            fresh.Add((subscription, !known));
        }
        connection.Write(new SubAckPacket { Type = MqttPacketType.SubAck, PacketId = packet.PacketId, Reasons = reasons });
        long now = Time.GetTimestamp();
        foreach ((BrokerSubscription subscription, bool isNew) in fresh)
        {
            // A few bytes ask for all retained messages: whoever asks again and again and takes none would fill memory with them.
            if (session.Queued > Options.QueueMessagesMax + 2L * Options.RetainedMessagesMax)
            {
                connection.Close(MqttReason.QuotaExceeded, "asked for retained messages again and again without taking them");
                return;
            }
            SendRetained(subscription, isNew, now);
        }
        TakeOverFor(session, now);
    }

    internal void Unsubscribe(BrokerConnection connection, UnsubscribePacket packet)
    {
        var reasons = new List<MqttReason>(packet.Filters.Count);
        foreach (string filter in packet.Filters)
        {
            bool known = connection.Session.Subscriptions.Remove(filter, out BrokerSubscription? subscription);
            if (known)
            {
                _tree.Remove(subscription!);
            }
            reasons.Add(known ? MqttReason.Success : MqttReason.NoSubscriptionExisted);
        }
        connection.Write(new SubAckPacket { Type = MqttPacketType.UnsubAck, PacketId = packet.PacketId, Reasons = reasons });
    }

    /// <summary>Remembers that a connection has something to send (gate); <see cref="WakeTouched"/> follows.</summary>
    internal void Touch(BrokerConnection connection)
    {
        if (!connection.IsDirty)
        {
            connection.IsDirty = true;
            _touched.Add(connection);
        }
    }

    /// <summary>A connection has processed what it read: all whom that concerns begin to send.</summary>
    internal void Read(long count)
    {
        lock (Gate)
        {
            _counters.BytesReceived += count;
        }
        WakeTouched();
    }

    internal void Written(BrokerConnection connection, int count)
    {
        lock (Gate)
        {
            _counters.BytesSent += count;
            long now = Time.GetTimestamp();
            connection.Session.LastProgress = now;
            if (connection.Session.Connection == connection)
            {
                connection.Session.Pump(now);
            }
        }
        WakeTouched();
    }

    private void WakeTouched()
    {
        List<BrokerConnection> touched;
        lock (Gate)
        {
            if (_touched.Count == 0)
            {
                return;
            }
            touched = _touched;
            _touched = [];
            foreach (BrokerConnection connection in touched)
            {
                connection.IsDirty = false;
            }
        }
        foreach (BrokerConnection connection in touched)
        {
            connection.Wake();
        }
    }

    private Route RouteOf(string topic)
    {
        if (_routes.TryGetValue(topic, out Route? route) && route.Version == _tree.Version)
        {
            return route;
        }
        if (_routes.Count >= RoutesMax)
        {
            _routes.Clear();
        }
        return _routes[topic] = _tree.Match(topic);
    }

    private void Give(BrokerSubscription member, BrokerMessage message, long now)
    {
        List<int>? identifiers = member.Identifier is { } identifier ? [identifier] : null;
        bool retain = member.Wanted.RetainAsPublished && message.Retain;
        Give(member.Session, new Delivery(message, Lower(member.Wanted.Qos, message.Qos), retain, identifiers, member.Group), now);
    }

    private static void Give(BrokerSession session, in Delivery delivery, long now)
    {
        session.Enqueue(delivery);
        session.Pump(now);
    }

    private void SendRetained(BrokerSubscription subscription, bool isNew, long now)
    {
        MqttRetainHandling handling = subscription.Wanted.RetainHandling;
        if (subscription.Group != null || handling == MqttRetainHandling.DoNotSend || handling == MqttRetainHandling.SendIfNew && !isNew)
        {
            return;
        }
        List<int>? identifiers = subscription.Identifier is { } identifier ? [identifier] : null;
        foreach (BrokerMessage message in _retained.Matching(subscription.Wanted.Filter, now))
        {
            Give(subscription.Session, new Delivery(message, Lower(subscription.Wanted.Qos, message.Qos), true, identifiers, null), now);
        }
    }

    private static BrokerSession? Slower(BrokerSession? known, BrokerSession candidate) =>
        !candidate.IsLive || !candidate.IsBehind || known != null && known.Queued >= candidate.Queued ? known : candidate;

    private static MqttQos Lower(MqttQos a, MqttQos b) => a < b ? a : b;
}
