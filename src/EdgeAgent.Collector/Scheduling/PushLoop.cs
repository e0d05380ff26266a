using System.Runtime.CompilerServices;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Model;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>The event loop of one endpoint whose devices send by themselves: passes readings on as they come, and at each due instant
/// books how every tag stands.</summary>
/// <remarks>
/// One thread at a time runs it; timers, arrivals and finished connects wake it. Readings go to the pipeline at once and count as beyond
/// the due ones. The grid of due instants is that of <see cref="EndpointLoop"/>; at an instant a tag is good or bad when the endpoint
/// vouches for its last reading or when one arrived since the instant before, and missed otherwise. So the accounts say the same as for a
/// device that is asked in that period, whatever the device sends. In the steady state nothing is allocated.
/// </remarks>
internal sealed class PushLoop : IEndpointLoop
{
    /// <summary>Receives taken in a row before due instants are looked at again: a flood must not hold the clock up.</summary>
    private const int ReceivesInARow = 64;

    private readonly EndpointLoopOptions _options;
    private readonly IPushedEndpoint _endpoint;
    private readonly ScanBooking _booking;
    private readonly ReadingBatchPool _pool;
    private readonly TimeProvider _time;
    private readonly ConnectionSupervisor _supervisor;
    private readonly DeviceState[] _devices;
    private readonly PushGroup[] _groups;
    private readonly PushedTags _tags;
    private readonly PushProvenance _provenance;
    private readonly DeviceLog _log;
    private readonly ILogger _endpointLog;
    private readonly RepeatedProblem _problem;
    private readonly DueTimer _timer;
    private readonly PriorityQueue<PushGroup, long> _due = new();
    private readonly Action _received;
    private CancellationTokenSource? _connection;
    private CancellationToken _stop;
    private ValueTaskAwaiter<PushOutcome> _receive;
    private ReadingBatch? _readings;

    public PushLoop(
        EndpointLoopOptions options, IPushedEndpoint endpoint, ScanBooking booking, ReadingBatchPool pool,
        SchedulingLimits limits, Random random, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _endpoint = endpoint;
        _booking = booking;
        _pool = pool;
        _time = time;
        _timer = new DueTimer(time);
        _received = _timer.Wake;
        _endpointLog = loggers.CreateLogger("EdgeAgent.Endpoint." + options.Name);
        _problem = new RepeatedProblem(time);
        _supervisor = new ConnectionSupervisor(endpoint, options.Name, limits, random.NextDouble, time, _timer.Wake, _endpointLog);
        _devices = [.. options.DeviceNames.Select((name, index) => new DeviceState(index, name, limits, random.NextDouble, time))];
        _groups = [.. options.Groups.Select(group => new PushGroup(
            group, options.Grids[group.Index], _devices[group.Device], TimeSpan.FromMilliseconds(group.IntervalMs).ToStamps(time),
            GroupClock.IsFastestOf(group, options.Groups)))];
        _tags = new PushedTags(_groups);
        _provenance = new PushProvenance(endpoint, options.Provenance, _devices.Length);
        _log = new DeviceLog(_devices, loggers, time);
    }

    public IReadOnlyList<DeviceState> Devices => _devices;

    public ConnectionSupervisor Connection => _supervisor;

    public long Dropped => _booking.Dropped;

    /// <inheritdoc/>
    public async Task<long> RunAsync(CancellationToken stop)
    {
        _stop = stop;
        using CancellationTokenRegistration wake = stop.UnsafeRegister(static state => ((DueTimer)state!).Wake(), _timer);
        _supervisor.NextTryStamp = _time.GetTimestamp() + TimeSpan.FromMilliseconds(_options.FirstConnectDelayMs).ToStamps(_time);
        if (_endpoint.IsConnected)
        {
            _supervisor.TakeOver();
            BeginConnection();
        }

        BeginSchedule();
        while (!stop.IsCancellationRequested)
        {
            bool more = TakeReceived();
            if (_supervisor.Step(isIdle: _readings is null, stop))
            {
                BeginConnection();
                more = TakeReceived();
            }

            JudgeDue();
            if (!more)
            {
                await _timer.WaitAsync(NextWakeStamp()).ConfigureAwait(false);
            }
        }

        await EndReceiveAsync().ConfigureAwait(false);
        await _supervisor.StopAsync().ConfigureAwait(false);
        JudgeDue();
        _booking.PostCarried();
        _connection?.Dispose();
        return UnixTicks.Now(_time);
    }

    public void Dispose() => _timer.Dispose();

    private void BeginSchedule()
    {
        long nowTicks = UnixTicks.Now(_time);
        long nowStamp = _time.GetTimestamp();
        long fromTicks = _options.AccountedUntilTicks ?? nowTicks;
        foreach (PushGroup group in _groups)
        {
            group.DueStamp = nowStamp + StampArithmetic.TicksToStamps(group.Grid.FirstAtOrAfter(nowTicks) - nowTicks, _time);
            _booking.Down(group, group.Grid, _provenance.Of(group.Device.Index), fromTicks, nowTicks, group.DueStamp);
            _tags.NoteDown(group, fromTicks, nowTicks);
            _due.Enqueue(group, group.DueStamp);
        }
    }

    private long NextWakeStamp()
    {
        long next = _due.TryPeek(out _, out long due) ? due : long.MaxValue;
        return _supervisor.IsUp || _supervisor.IsConnecting || _readings is not null ? next : Math.Min(next, _supervisor.NextTryStamp);
    }

    private void BeginConnection()
    {
        _connection?.Dispose();
        _connection = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        BeginReceive();
    }

    private void BeginReceive()
    {
        _readings = _pool.Take();
        try
        {
            _receive = _endpoint.ReceiveAsync(_readings, _connection!.Token).GetAwaiter();
        }
        catch (Exception exception)
        {
            _receive = ValueTask.FromException<PushOutcome>(exception).GetAwaiter();
        }

        if (!_receive.IsCompleted)
        {
            _receive.UnsafeOnCompleted(_received);
        }
    }

    /// <summary>Takes what has arrived.</summary>
    /// <returns>Whether more may be at hand already.</returns>
    private bool TakeReceived()
    {
        for (int taken = 0; _readings is not null && _receive.IsCompleted; taken++)
        {
            if (taken == ReceivesInARow)
            {
                return true;
            }

            FinishReceive();
            if (_supervisor.IsUp && !_stop.IsCancellationRequested)
            {
                BeginReceive();
            }
        }

        return false;
    }

    private void FinishReceive()
    {
        ReadingBatch readings = _readings!;
        _readings = null;
        PushOutcome outcome = default;
        string? lost = null;
        try
        {
            outcome = _receive.GetResult();
            lost = outcome.Kind == PushKind.ConnectionLost ? outcome.Problem ?? "the connection broke" : null;
        }
        catch (OperationCanceledException) when (_connection!.IsCancellationRequested)
        {
            // The loop ended it; what had arrived by then counts.
        }
        catch (Exception exception)
        {
            _endpointLog.ReceiveFaulted(exception, _options.Name);
            lost = "the driver failed: " + exception.Message;
        }

        try
        {
            Note(outcome);
            Book(outcome.Kind, readings);
        }
        catch (IndexOutOfRangeException exception)
        {
            // A tag number that does not exist: a fault in a driver is not the end of the loop.
            _endpointLog.ReceiveFaulted(exception, _options.Name);
            _pool.Return(readings);
        }

        if (lost is not null)
        {
            _supervisor.Lost(lost);
        }
    }

    private void Note(in PushOutcome outcome)
    {
        if (outcome.Device >= 0)
        {
            DeviceState device = _devices[outcome.Device];
            device.NoteProblem(outcome.Problem);
            device.NoteLost(outcome.Lost);
            _log.Problem(device, outcome.Problem);
            if (outcome.Gap > 0)
            {
                NoteGap(device, outcome.Gap);
            }
        }
        else if (outcome is { Problem: { } problem, Kind: not PushKind.ConnectionLost } && _problem.Happened())
        {
            _endpointLog.EndpointProblem(_options.Name, problem, _problem.Count);
        }
    }

    private void NoteGap(DeviceState device, int messages)
    {
        foreach (PushGroup group in _groups)
        {
            if (group.Device == device)
            {
                group.NoteGap(messages);
            }
        }
    }

    private void Book(PushKind kind, ReadingBatch readings)
    {
        if (readings.Count == 0)
        {
            _pool.Return(readings);
            return;
        }

        bool backFilled = kind is PushKind.BackFilled or PushKind.BackFilledWithoutGaps;
        if (backFilled)
        {
            _tags.Fill(readings, withoutGaps: kind == PushKind.BackFilledWithoutGaps);
        }
        else
        {
            int device = -1;
            long nowTicks = UnixTicks.Now(_time);
            foreach (ref readonly Reading reading in readings.Readings)
            {
                int of = _tags.Take(reading, readings, nowTicks);
                if (of != device)
                {
                    device = of;
                    Heard(_devices[device]);
                }
            }
        }

        _booking.Pushed(_provenance.For(backFilled), _tags.Devices, readings);
        if (backFilled)
        {
            BookFilled();
        }
    }

    private void BookFilled()
    {
        foreach (((int group, int hour), long count) in _tags.Filled)
        {
            _booking.Filled(_groups[group], _provenance.Of(_groups[group].Device.Index), hour, count);
        }

        _tags.Filled.Clear();
    }

    private void Heard(DeviceState device)
    {
        double nowMs = ToMs(_time.GetTimestamp());
        device.Meter.Arrived(nowMs);
        _log.Stands(device, device.Heard());
    }

    private void JudgeDue()
    {
        long now = _time.GetTimestamp();
        while (_due.TryPeek(out PushGroup? group, out long due) && due <= now)
        {
            Judge(group, now);
            _due.DequeueEnqueue(group, group.DueStamp);
        }
    }

    private void Judge(PushGroup group, long now)
    {
        if (_supervisor.IsUp && !_endpoint.IsConnected)
        {
            Lose("the connection is gone");
        }

        bool isConnected = _supervisor.IsUp;
        bool vouched = isConnected && _endpoint.Vouches(group.Group.Index);
        Provenance provenance = _provenance.Refresh(group.Device.Index);

        // Nearly always one instant is due. More are when the loop was held up: for the earlier ones nothing but a vouched value counts.
        long held = (now - group.DueStamp) / group.IntervalStamps;
        long last = group.Grid.IndexNear(TicksOf(group.DueStamp + (held * group.IntervalStamps)));
        if (held > 0)
        {
            group.PassInstants(held, silent: !vouched);
            InstantCounts counts = _tags.Look(group, last - held, held, vouched, ownInterval: false);
            group.DueStamp += held * group.IntervalStamps;
            _booking.Stood(group, provenance, last - held, held, counts, group.DueStamp);
        }

        bool inGap = group.PassInstants(1, silent: !vouched && !_tags.HasArrived(group));
        InstantCounts stands = _tags.Look(group, last, 1, vouched, ownInterval: true, inGap);
        if (group.IsFastest && !inGap)
        {
            bool isSilent = stands.Good + stands.Bad == 0;
            _log.Stands(group.Device, isSilent ? group.Device.Silent() : vouched ? group.Device.Heard() : Standing.Unchanged);
        }

        TellSilent(group, isConnected, stands);
        TellBack(group, vouched);
        group.DueStamp += group.IntervalStamps;
        _booking.Stood(group, provenance, last, 1, stands, group.DueStamp);
    }

    /// <summary>Tells consumers once of each tag that its last value does not stand any more.</summary>
    private void TellSilent(PushGroup group, bool isConnected, in InstantCounts stands)
    {
        if (stands.Missed == 0 || !_tags.HasUntold(group))
        {
            return;
        }

        ReadingBatch notes = _pool.Take();
        _tags.TellSilent(group, isConnected, UnixTicks.Now(_time), notes);
        _booking.Pushed(_provenance.For(backFilled: false), _tags.Devices, notes);
    }

    /// <summary>Tells consumers once of each tag that is back with a value from before its silence.</summary>
    private void TellBack(PushGroup group, bool vouched)
    {
        if (!vouched || !_tags.HasReturned)
        {
            return;
        }

        ReadingBatch values = _pool.Take();
        _tags.TellBack(group, UnixTicks.Now(_time), values);
        if (values.Count == 0)
        {
            _pool.Return(values);
            return;
        }

        _booking.Pushed(_provenance.For(backFilled: false), _tags.Devices, values);
    }

    private void Lose(string problem)
    {
        _supervisor.Lost(problem);
        _connection?.Cancel();
    }

    private async ValueTask EndReceiveAsync()
    {
        while (_readings is not null)
        {
            if (_receive.IsCompleted)
            {
                FinishReceive();
            }
            else
            {
                await _timer.WaitAsync(long.MaxValue).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The wall-clock time of an instant of the monotonic clock, as the wall clock stands now.</summary>
    private long TicksOf(long stamp) => UnixTicks.Now(_time) - StampArithmetic.StampsToTicks(_time.GetTimestamp() - stamp, _time);

    private double ToMs(long stamps) => stamps * 1000.0 / _time.TimestampFrequency;
}
