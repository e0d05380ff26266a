using EdgeAgent.Protocols.OpcUa.Channels;
using EdgeAgent.Protocols.OpcUa.Services;

namespace EdgeAgent.Protocols.OpcUa.Client;

internal sealed partial class UaConnection
{
    private readonly ITimer _timer;
    private readonly List<PendingCall> _expired = [];
    private readonly LivenessProbe _probe = new();
    private long _timerDue = long.MaxValue;
    private long _renewalSent;
    private bool _isRenewing;
    private bool _isProbing;

    /// <summary>Once a due time rather than once a call: later deadlines are looked at when the earliest is over (gate).</summary>
    private void ArmTimerFor(long due)
    {
        if (due < _timerDue && !_closed)
        {
            _timerDue = due;
            long left = Math.Max(due - _time.GetTimestamp(), 0);
            // Rounded up, so that the timer does not fire a moment too early and again and again.
            _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(left * 1000.0 / _time.TimestampFrequency)), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Arms for the earliest of everything that is to happen; a quiet server is asked for a sign of life (gate).</summary>
    private void ArmTimer()
    {
        long now = _time.GetTimestamp();
        long due = _isRenewing ? _renewalSent + Ticks(_timing.Request) : now + Ticks(_channel.RenewalIn);
        if (!_isProbing)
        {
            due = Math.Min(due, Volatile.Read(ref _lastHeard) + Ticks(_timing.KeepAlive));
        }
        foreach (PendingCall call in _calls.Values)
        {
            due = Math.Min(due, call.Deadline);
        }
        _timerDue = long.MaxValue;
        ArmTimerFor(due);
    }

    private void OnTimer()
    {
        long now = _time.GetTimestamp();
        bool isRenewalLate = false;
        bool isProbeDue = false;
        PendingCall[] expired;
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }
            long heard = Volatile.Read(ref _lastHeard);
            foreach (PendingCall call in _calls.Values)
            {
                if (call.Deadline <= now)
                {
                    _expired.Add(call);
                }
            }
            _expired.ForEach(call => _calls.Remove(call.RequestId));
            _counters.Timeouts += _expired.Count;
            expired = [.. _expired];
            _expired.Clear();
            isRenewalLate = _isRenewing && now - _renewalSent >= Ticks(_timing.Request);
            if (!_isRenewing && _channel.IsRenewalDue)
            {
                Renew(now);
            }
            if (!_isProbing && now - heard >= Ticks(_timing.KeepAlive))
            {
                _isProbing = isProbeDue = true;
            }
            ArmTimer();
        }
        foreach (PendingCall call in expired)
        {
            call.Complete(StatusCodes.BadTimeout);
        }
        if (isRenewalLate)
        {
            Close(StatusCodes.BadTimeout, $"the server did not renew the channel within {_timing.Request.TotalMilliseconds:0} ms");
            return;
        }
        if (isProbeDue)
        {
            _ = ProbeAsync();
        }
        FlushUnlessDispatching();
    }

    /// <summary>Asks a server that has been quiet for a sign of life, which also keeps the session alive.</summary>
    private async Task ProbeAsync()
    {
        StatusCode status = await CallAsync(_probe, _timing.KeepAlive, CancellationToken.None).ConfigureAwait(false);
        if (status.Value == StatusCodes.BadTimeout)
        {
            double ms = _timing.KeepAlive.TotalMilliseconds;
            Close(StatusCodes.BadTimeout, $"the server was silent for {ms:0} ms and gave no sign of life within another {ms:0} ms");
            return;
        }
        lock (_gate)
        {
            _isProbing = false;
            ArmTimer();
        }
    }

    private void Renew(long now)
    {
        _isRenewing = true;
        _renewalSent = now;
        uint id = NextRequestId();
        _handshake.WriteRequest(_outgoing, id, ChannelHeader(id), _timing.ChannelLifetime);
    }

    private void TakeRenewal(Span<byte> chunk)
    {
        ChannelFault fault;
        lock (_gate)
        {
            fault = _isRenewing ? _handshake.ReadResponse(chunk) : ChannelFault.Malformed;
            if (fault == ChannelFault.None)
            {
                _isRenewing = false;
                _counters.Renewals++;
                ArmTimer();
            }
        }
        if (fault != ChannelFault.None)
        {
            Close(fault.ToStatus(), fault == ChannelFault.OpenRefused
                ? $"the server refused to renew the channel: {_handshake.Refusal}"
                : $"the server's answer to the renewal of the channel was refused: {fault}");
        }
    }
}
