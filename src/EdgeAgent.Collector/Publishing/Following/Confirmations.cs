using EdgeAgent.Collector.Buffer;
using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Collector.Publishing.Following;

/// <summary>Decides when batches sent without an acknowledgement of their own have arrived: when the broker answers a ping that was
/// asked behind them, some time after they were sent.</summary>
/// <remarks>A broker works off one connection in order, so the answer proves that it has processed what went before. The time between
/// lets it hand them on, and lets the loss of a subscriber be told, before they count.</remarks>
internal sealed class Confirmations(MqttClient client, BatchBuffer buffer, string cursor, WakeSignal wake, TimeSpan after, TimeProvider time)
{
    private readonly Queue<(long Sequence, long SentAt)> _sent = new();
    private Task<bool>? _ping;
    private long _askedAt;

    public int Count => _sent.Count;

    /// <summary>Time until the next step may be worth taking; infinite when nothing waits.</summary>
    public TimeSpan Due
    {
        get
        {
            if (_sent.Count == 0 || _ping is not null)
            {
                return Timeout.InfiniteTimeSpan;
            }

            TimeSpan left = after - time.GetElapsedTime(_sent.Peek().SentAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Sent(long sequence) => _sent.Enqueue((sequence, time.GetTimestamp()));

    /// <summary>The connection or the host is gone: nothing of this counts, all of it will be sent again.</summary>
    public void Forget()
    {
        _sent.Clear();
        _ping = null;
    }

    /// <summary>Takes an answer that has come, and asks when there is something to ask for.</summary>
    /// <param name="now">Asks for everything sent so far, without letting time pass.</param>
    /// <returns>How many batches were confirmed.</returns>
    public int Step(bool now = false)
    {
        int confirmed = 0;
        if (_ping is { IsCompleted: true } ping)
        {
            _ping = null;
            confirmed = ping.Result ? Pass(now) : 0;
        }

        if (_ping is null && _sent.Count > 0 && (now || Due == TimeSpan.Zero))
        {
            _askedAt = time.GetTimestamp();
            _ping = client.PingAsync();
            _ = WakeAsync(_ping);
        }

        return confirmed;
    }

    private int Pass(bool now)
    {
        var passed = new SequenceSet();
        int count = 0;
        while (_sent.TryPeek(out (long Sequence, long SentAt) oldest)
            && (oldest.SentAt <= _askedAt) && (now || time.GetElapsedTime(oldest.SentAt, _askedAt) >= after))
        {
            passed.Add(_sent.Dequeue().Sequence);
            count++;
        }

        if (count > 0)
        {
            buffer.Acknowledge(cursor, buffer.Incarnation, 0, [.. passed.Ranges]);
        }

        return count;
    }

    private async Task WakeAsync(Task<bool> ping)
    {
        await ping.ConfigureAwait(false);
        wake.Set();
    }
}
