using EdgeAgent.Protocols.Modbus.Client.Links;
using EdgeAgent.Protocols.Modbus.Client.Sessions;

namespace EdgeAgent.Protocols.Modbus.Client;

/// <summary>One connection from its opening to its end: a receive loop, a sender that is whichever thread has something to send,
/// and one timer for all deadlines.</summary>
/// <remarks>
/// Everything shared is behind one gate, which is never held across a send, a receive or a caller's continuation.
/// Answers complete their requests on the receive loop; a caller that then asks again sends from there and gives the loop back,
/// so a chain of requests runs without a thread hop. The timer is armed for the earliest deadline and re-armed when it
/// fires, which is once a timeout rather than once a request.
/// </remarks>
internal sealed class ModbusConnection
{
    /// <summary>What one send may carry when requests are put together: a few dozen requests.</summary>
    private const int SendBufferBytes = 1024;

    /// <summary>Answers completed between two looks at the session; a receive seldom brings more.</summary>
    private const int SettledPerRoundMax = 64;

    private readonly Lock _gate = new();
    private readonly ModbusLink _link;
    private readonly ReplySession _session;
    private readonly ModbusClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ClientCounters _counters;
    private readonly RequestQueue _waiting = new();

    /// <summary>What callers ask while their former requests are being completed, to be sent together; the receive loop's alone.</summary>
    private readonly RequestQueue _dispatched = new();
    private readonly Settlement[] _settled = new Settlement[SettledPerRoundMax];
    private readonly byte[] _sendBuffer = new byte[SendBufferBytes];
    private readonly byte[] _receiveBuffer;
    private readonly ModbusFraming _framing;
    private readonly ITimer _timer;
    private int _receivedBytes;
    private bool _sending;
    private int _dispatching;
    private long _timerStamp = long.MaxValue;
    private long _busySince;
    private bool _closed;

    public ModbusConnection(ModbusLink link, ReplySession session, ModbusClientOptions options, TimeProvider time, ClientCounters counters)
    {
        _link = link;
        _session = session;
        _options = options;
        _time = time;
        _counters = counters;
        _framing = options.Transport.Framing;
        // Room for every answer that can be on its way, and for the largest ASCII frame with garbage around it.
        _receiveBuffer = new byte[Math.Clamp(options.MaxInFlight * ModbusLimits.MbapFrameBytesMax, 2048, 65_536)];
        _timer = time.CreateTimer(static state => ((ModbusConnection)state!).OnDeadline(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _counters.Connects++;
    }

    public IModbusTrace? Trace { get; set; }

    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Ends when the connection does.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Why the connection ended; null while it stands.</summary>
    public string? EndReason { get; private set; }

    public void Start() => Completion = ReceiveAsync();

    public void Submit(PendingRequest request)
    {
        request.Connection = this;
        if (_dispatching == Environment.CurrentManagedThreadId)
        {
            // In the middle of completing answers: sent together with the others that follow from them.
            request.IsDispatched = true;
            _dispatched.Enqueue(request);
            return;
        }

        bool closed;
        lock (_gate)
        {
            closed = _closed;
            if (!closed)
            {
                _waiting.Enqueue(request);
                if (_sending || !_session.CanBegin)
                {
                    return;
                }

                _sending = true;
            }
        }

        if (closed)
        {
            request.Complete(new ModbusResult(ModbusStatus.Disconnected));
        }
        else
        {
            Send();
        }
    }

    /// <summary>Takes a request back because its caller gave it up. False when it has already been completed.</summary>
    public bool TryAbandon(PendingRequest request)
    {
        lock (_gate)
        {
            if (request.IsDispatched)
            {
                // Not ours to take out of that queue; its owner sees the mark.
                request.IsGivenUp = true;
                return false;
            }

            if (!_waiting.Remove(request) && !_session.Abandon(request))
            {
                return false;
            }

            CountBusy(isOver: !_session.HasInFlight);
        }

        SendWaiting();
        return true;
    }

    public void Close(string reason)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            EndReason = reason;
            _closed = true;
            _counters.Disconnects++;
            CountBusy(isOver: true);
        }

        _timer.Dispose();
        _link.Close();
        while (TakeAny() is { } request)
        {
            request.Complete(new ModbusResult(ModbusStatus.Disconnected));
        }
    }

    private PendingRequest? TakeAny()
    {
        lock (_gate)
        {
            return _session.TakeAny() ?? _waiting.Dequeue();
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                var bytes = await _link.ReceiveAsync(_receiveBuffer.AsMemory(_receivedBytes)).ConfigureAwait(false);
                if (bytes == 0 && !_link.IsDatagram)
                {
                    Close("the other side closed the connection");
                    return;
                }

                Trace?.Received(_receiveBuffer.AsSpan(_receivedBytes, bytes));
                Take(bytes);
            }
        }
        catch (Exception e)
        {
            // Sockets fail in many ways and a link may have its own; every one of them is the end of this connection and of nothing else.
            Close(e.Message);
        }
    }

    /// <summary>Completes whatever the new bytes answer.</summary>
    private void Take(int newBytes)
    {
        _receivedBytes += newBytes;
        var start = 0;
        int settled;
        _dispatching = _options.CoalesceRequests ? Environment.CurrentManagedThreadId : 0;
        do
        {
            settled = TakeAnswers(newBytes, ref start);
            newBytes = 0;
            for (var i = 0; i < settled; i++)
            {
                Settle(_settled[i]);
            }
        }
        while (settled == _settled.Length);

        _dispatching = 0;
        Compact(start);
        QueueDispatched();
        SendWaiting();
    }

    /// <summary>Queues what was asked while answers were completed.</summary>
    private void QueueDispatched()
    {
        while (_dispatched.Dequeue() is { } request)
        {
            bool closed;
            bool given;
            lock (_gate)
            {
                request.IsDispatched = false;
                given = request.IsGivenUp;
                closed = _closed;
                if (!given && !closed)
                {
                    _waiting.Enqueue(request);
                }
            }

            if (given)
            {
                request.Cancel();
            }
            else if (closed)
            {
                request.Complete(new ModbusResult(ModbusStatus.Disconnected));
            }
        }
    }

    /// <summary>Takes answered requests out of the session, their data copied, as many as one round may complete.</summary>
    private int TakeAnswers(int newBytes, ref int start)
    {
        var count = 0;
        lock (_gate)
        {
            _counters.BytesReceived += newBytes;
            while (start < _receivedBytes && count < _settled.Length)
            {
                var step = _session.Next(_receiveBuffer.AsSpan(start, _receivedBytes - start));
                start += step.Consumed;
                if (step.Request is { } request)
                {
                    if (!step.SendAgain)
                    {
                        _counters.Count(step.Result.Status);
                        step.Data.CopyTo(request.Destination.Span);
                    }

                    _settled[count++] = new Settlement(request, step.Result, step.SendAgain);
                }
                else if (step.Consumed == 0)
                {
                    break;
                }
            }

            CountBusy(isOver: !_session.HasInFlight);
        }

        return count;
    }

    private void Compact(int start)
    {
        if (_link.IsDatagram)
        {
            _receivedBytes = 0;
            lock (_gate)
            {
                _session.EndDatagram();
            }

            return;
        }

        var rest = _receiveBuffer.AsSpan(start, _receivedBytes - start);
        rest.CopyTo(_receiveBuffer);
        _receivedBytes = rest.Length;
    }

    private void Settle(in Settlement settlement)
    {
        var request = settlement.Request;
        if (!settlement.SendAgain)
        {
            request.Complete(settlement.Result);
            return;
        }

        lock (_gate)
        {
            if (!_closed)
            {
                _waiting.PutFirst(request);
                return;
            }
        }

        request.Complete(new ModbusResult(ModbusStatus.Disconnected));
    }

    private void SendWaiting()
    {
        // Without the gate: a request that is queued later finds its turn free and is sent by whoever queues it.
        if (_waiting.IsEmpty)
        {
            return;
        }

        lock (_gate)
        {
            if (_sending || _closed || _waiting.IsEmpty || !_session.CanBegin)
            {
                return;
            }

            _sending = true;
        }

        Send();
    }

    /// <summary>Sends until nothing can be sent; the caller has set <see cref="_sending"/>.</summary>
    private void Send()
    {
        try
        {
            while (true)
            {
                var bytes = NextFrames();
                if (bytes == 0)
                {
                    return;
                }

                var send = _link.SendAsync(_sendBuffer.AsMemory(0, bytes));
                if (!send.IsCompletedSuccessfully || send.Result != bytes)
                {
                    _ = SendRestAsync(send, bytes);
                    return;
                }
            }
        }
        catch (Exception e)
        {
            Close(e.Message);
        }
    }

    /// <summary>The way for a full socket buffer: rare, so it may allocate.</summary>
    private async Task SendRestAsync(ValueTask<int> send, int bytes)
    {
        try
        {
            var sent = send.IsCompletedSuccessfully ? send.Result : await send.ConfigureAwait(false);
            while (sent < bytes)
            {
                sent += await _link.SendAsync(_sendBuffer.AsMemory(sent, bytes - sent)).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            Close(e.Message);
            return;
        }

        Send();
    }

    private int NextFrames()
    {
        lock (_gate)
        {
            var bytes = 0;
            long now = 0;
            while (!_closed && _session.CanBegin && _sendBuffer.Length - bytes >= _session.FrameBytesMax && _waiting.Dequeue() is { } request)
            {
                now = now == 0 ? _time.GetTimestamp() : now;
                request.Deadline = now + PatienceWith(request);
                var frameBytes = _session.Begin(request, _sendBuffer.AsSpan(bytes));
                Trace?.Sent(request.Request.UnitId, _sendBuffer.AsSpan(bytes, frameBytes));
                bytes += frameBytes;
                _counters.Requests++;
                _busySince = _busySince == 0 && _link.IsSlow ? now : _busySince;
                ArmTimer(request.Deadline);
                if (!_options.CoalesceRequests)
                {
                    break;
                }
            }

            _sending = bytes > 0;
            _counters.BytesSent += bytes;
            return bytes;
        }
    }

    /// <summary>From sending to giving up, in timestamps.</summary>
    private long PatienceWith(PendingRequest request)
    {
        var patience = request.TimeoutMs * _time.TimestampFrequency / 1000;
        if (_link.IsSlow)
        {
            var travel = _link.TransferTime(ModbusFrameLengths.Request(_framing), ModbusFrameLengths.Answer(_framing, request.Request));
            patience += (long)(travel.TotalSeconds * _time.TimestampFrequency);
        }

        return patience;
    }

    private void CountBusy(bool isOver)
    {
        if (isOver && _busySince != 0)
        {
            _counters.BusyTicks += _time.GetElapsedTime(_busySince).Ticks;
            _busySince = 0;
        }
    }

    private void ArmTimer(long deadline)
    {
        if (_timerStamp <= deadline)
        {
            return;
        }

        _timerStamp = deadline;
        // The system timer counts whole milliseconds and cuts the rest off: one more, or it would fire just before the deadline.
        var wait = _time.GetElapsedTime(_time.GetTimestamp(), deadline) + TimeSpan.FromMilliseconds(1);
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void OnDeadline()
    {
        var now = _time.GetTimestamp();
        while (true)
        {
            SessionStep step;
            lock (_gate)
            {
                step = _closed ? default : _session.TakeExpired(now);
                CountBusy(isOver: !_session.HasInFlight);
                if (step.Request is null)
                {
                    _timerStamp = long.MaxValue;
                    if (!_closed && _session.HasInFlight)
                    {
                        ArmTimer(_session.EarliestDeadline);
                    }

                    break;
                }

                if (!step.SendAgain)
                {
                    _counters.Count(step.Result.Status);
                }
            }

            Settle(new Settlement(step.Request, step.Result, step.SendAgain));
        }

        SendWaiting();
    }
}
