using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Client;

internal sealed partial class MqttConnection
{
    // Zero means that no ping is out.
    private long _pingSent;

    // One for each PINGREQ without an answer, null for those of the keep-alive (gate).
    private readonly Queue<TaskCompletionSource<bool>?> _pings = new();
    private bool _pingsEnded;

    private ITimer StartDeadlines()
    {
        // Four looks per deadline notice it at most a quarter late.
        int shortest = Math.Min(_options.ResponseTimeoutMs, Limits.KeepAliveSeconds > 0 ? Limits.KeepAliveSeconds * 1000 : int.MaxValue);
        TimeSpan period = TimeSpan.FromMilliseconds(Math.Max(shortest / 4, 1));
        return _time.CreateTimer(static state => ((MqttConnection)state!).CheckDeadlines(), this, period, period);
    }

    private void CheckDeadlines()
    {
        if (IsClosed)
        {
            return;
        }
        long now = _time.GetTimestamp();
        long? oldest;
        long? request;
        lock (_window.Gate)
        {
            oldest = _window.OldestTimestamp();
            request = Requests.OldestTimestamp;
        }
        double silentMs = Ms(Volatile.Read(ref _lastReceived), now);
        if (oldest is { } sent && Ms(sent, now) >= _options.AcknowledgeTimeoutMs)
        {
            Fail(MqttLossCause.Silent, _readingPaused
                ? $"a message is unacknowledged for {Ms(sent, now):F0} ms because the message handler is busy and its inbox is full, so nothing is read; make the handler faster or the inbox larger"
                : $"the broker answers but has not acknowledged a message for {Ms(sent, now):F0} ms; look at its log, its disk and its subscribers");
            return;
        }
        if (Volatile.Read(ref _writeStarted) is var started and not 0 && Ms(started, now) >= _options.ResponseTimeoutMs && silentMs >= _options.ResponseTimeoutMs)
        {
            Fail(MqttLossCause.Silent, $"the broker has taken no data and sent none for {silentMs:F0} ms; it is frozen, or the network is cut");
            return;
        }
        if (!_readingPaused)
        {
            CheckAnswers(now, silentMs, oldest, request);
        }
        Keep(now, oldest, request);
    }

    private void CheckAnswers(long now, double silentMs, long? oldest, long? request)
    {
        long ping = Volatile.Read(ref _pingSent);
        bool unanswered = ping != 0 && Ms(ping, now) >= _options.ResponseTimeoutMs;
        if (unanswered && silentMs >= _options.ResponseTimeoutMs)
        {
            string expected = oldest != null ? "PINGRESP and PUBACK" : request != null ? "PINGRESP and SUBACK" : "PINGRESP";
            Fail(MqttLossCause.Silent, $"silent for {silentMs:F0} ms where {expected} was due; the broker is frozen, or the network is cut");
        }
        else if (request is { } asked && Ms(asked, now) >= _options.ConnectTimeoutMs)
        {
            Fail(MqttLossCause.Silent, $"the broker has not answered a SUBSCRIBE or UNSUBSCRIBE for {Ms(asked, now):F0} ms");
        }
    }

    /// <summary>Pings when nothing was sent for the keep-alive time, or early when an answer is late, to learn whether the broker lives.</summary>
    private void Keep(long now, long? oldest, long? request)
    {
        // While we do not read, answers to pings cannot be seen, but the broker still wants to hear from us.
        if (Volatile.Read(ref _pingSent) != 0 && !_readingPaused)
        {
            return;
        }
        double idleMs = Ms(Volatile.Read(ref _lastSent), now);
        if (!_readingPaused)
        {
            idleMs = Math.Max(idleMs, Ms(Volatile.Read(ref _lastReceived), now));
        }
        bool idle = Limits.KeepAliveSeconds > 0 && idleMs >= Limits.KeepAliveSeconds * 750.0;
        bool late = !_readingPaused && (IsLate(oldest, now) || IsLate(request, now));
        if (!idle && !late)
        {
            return;
        }
        Volatile.Write(ref _pingSent, Math.Max(now, 1));
        lock (_window.Gate)
        {
            PingPacket.WriteRequest(Outgoing.Filling);
            _pings.Enqueue(null);
        }
        Outgoing.Wake();
    }

    /// <summary>Asks behind everything handed over so far; true when the broker has answered, false when the connection ended first.</summary>
    public Task<bool> PingAsync()
    {
        var asked = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_window.Gate)
        {
            if (IsClosed || _pingsEnded)
            {
                return Task.FromResult(false);
            }
            PingPacket.WriteRequest(Outgoing.Filling);
            _pings.Enqueue(asked);
        }
        Interlocked.CompareExchange(ref _pingSent, Math.Max(_time.GetTimestamp(), 1), 0);
        Outgoing.Wake();
        WakePausedReader();
        return asked.Task;
    }

    /// <summary>Answers come in the order of the requests, as all of MQTT does on one connection.</summary>
    private void AnswerPing()
    {
        TaskCompletionSource<bool>? asked;
        lock (_window.Gate)
        {
            _pings.TryDequeue(out asked);
        }
        asked?.TrySetResult(true);
    }

    private void EndPings()
    {
        _pingsEnded = true;
        while (_pings.TryDequeue(out TaskCompletionSource<bool>? asked))
        {
            asked?.TrySetResult(false);
        }
    }

    private bool IsLate(long? since, long now) => since is { } at && Ms(at, now) >= _options.ResponseTimeoutMs / 4.0;

    private double Ms(long from, long to) => _time.GetElapsedTime(from, to).TotalMilliseconds;
}
