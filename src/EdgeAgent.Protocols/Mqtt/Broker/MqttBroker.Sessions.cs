using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Broker;

public sealed partial class MqttBroker
{
    // Retained messages expire rarely; looking through all of them once a minute is enough.
    private const int TicksPerMinute = 120;

    private readonly Dictionary<string, BrokerSession> _sessions = new(StringComparer.Ordinal);
    // Until they have ended: one whose session another took over, and that takes nothing, must still be given up in time.
    private readonly List<BrokerConnection> _live = [];
    private int _ticks;

    /// <summary>Gives the connection its session, new or kept; an older connection of the same client is told to go.</summary>
    private MqttReason Enter(BrokerConnection connection, ConnectPacket connect)
    {
        lock (Gate)
        {
            long now = Time.GetTimestamp();
            bool known = _sessions.TryGetValue(connection.ClientId, out BrokerSession? session);
            if (!known && _sessions.Count >= Options.SessionsMax)
            {
                return MqttReason.QuotaExceeded;
            }
            if (known && session!.Connection is { } older)
            {
                older.Close(MqttReason.SessionTakenOver, "another connection with the same client id took the session over");
                Detach(older, now);
                known = _sessions.TryGetValue(connection.ClientId, out session);
            }
            if (known && connect.CleanStart)
            {
                End(session!, now);
                known = false;
            }
            if (!known)
            {
                session = new BrokerSession(connection.ClientId, Options, _counters, Observer);
                _sessions.Add(connection.ClientId, session);
            }
            connection.Session = session!;
            session!.ExpirySeconds = Expiry(connect);
            session.Will = connect.Will is { } will ? new BrokerWill(will, connect.WillProperties, connection.ClientId) : null;
            connection.WriteAnswer(known, session.ExpirySeconds);
            session.GoLive(connection, now);
            _live.Add(connection);
            TakeOverFor(session, now);
        }
        WakeTouched();
        return MqttReason.Success;
    }

    private uint Expiry(ConnectPacket connect)
    {
        uint asked = connect.Version == MqttVersion.V5 ? connect.Properties?.SessionExpirySeconds ?? 0
            : connect.CleanStart ? 0 : uint.MaxValue;
        return Math.Min(asked, Options.SessionExpirySecondsMax);
    }

    private void Leave(BrokerConnection connection)
    {
        lock (Gate)
        {
            _live.Remove(connection);
            Detach(connection, Time.GetTimestamp());
        }
        WakeTouched();
        Observer.Disconnected(connection.ClientId, connection.Farewell);
    }

    private void Detach(BrokerConnection connection, long now)
    {
        BrokerSession session = connection.Session;
        if (session.Connection != connection)
        {
            return;
        }
        session.GoAbsent();
        session.EndsAt = now + session.ExpirySeconds * Time.TimestampFrequency;
        if (session.Will is { } will && !connection.SaidGoodbye && !_stopping.IsCancellationRequested)
        {
            uint delaySeconds = Math.Min(will.Will.DelaySeconds, session.ExpirySeconds);
            session.WillDueAt = now + delaySeconds * Time.TimestampFrequency;
        }
        else
        {
            session.Will = null;
        }
        PublishDueWill(session, now);
        if (session.ExpirySeconds == 0)
        {
            End(session, now);
            return;
        }
        Redistribute(session.TakeShared(all: false), now);
    }

    /// <summary>The session ends: its will is published if it still waits, and others take over what was shared.</summary>
    private void End(BrokerSession session, long now)
    {
        if (session.WillDueAt != null)
        {
            session.WillDueAt = now;
            PublishDueWill(session, now);
        }
        _sessions.Remove(session.ClientId);
        foreach (BrokerSubscription subscription in session.Subscriptions.Values)
        {
            _tree.Remove(subscription);
        }
        Redistribute(session.TakeShared(all: true), now);
    }

    private void PublishDueWill(BrokerSession session, long now)
    {
        if (session.WillDueAt <= now && session.Will is { } will)
        {
            session.Will = null;
            session.WillDueAt = null;
            Publish(will.ToMessage(Time));
        }
    }

    /// <summary>A member of shared subscriptions has come: it takes over what waits for members that are away.</summary>
    private void TakeOverFor(BrokerSession session, long now)
    {
        foreach (BrokerSubscription subscription in session.Subscriptions.Values)
        {
            foreach (BrokerSubscription member in subscription.Group?.Members ?? [])
            {
                if (!member.Session.IsLive)
                {
                    Redistribute(member.Session.TakeShared(all: false), now);
                }
            }
        }
    }

    private void Redistribute(List<Delivery> deliveries, long now)
    {
        foreach (Delivery delivery in deliveries)
        {
            if (delivery.Group!.Choose() is { } member)
            {
                Give(member, delivery.Message, now);
            }
        }
    }

    private void Tick()
    {
        lock (Gate)
        {
            long now = Time.GetTimestamp();
            foreach (BrokerConnection connection in _live.ToArray())
            {
                connection.CheckTime(now);
            }
            foreach (BrokerSession session in _sessions.Values.Where(s => !s.IsLive && (s.WillDueAt <= now || s.EndsAt <= now)).ToArray())
            {
                PublishDueWill(session, now);
                if (session.EndsAt <= now)
                {
                    End(session, now);
                }
            }
            if (++_ticks % TicksPerMinute == 0)
            {
                _retained.RemoveExpired(now);
            }
        }
        WakeTouched();
    }
}
