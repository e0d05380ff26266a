using System.Collections.Concurrent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Model;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>The event loop of one endpoint whose devices are asked: starts each scan when it is due, and books every due reading as good, bad or missed.</summary>
/// <remarks>
/// One thread at a time runs it; timers, finished scans and finished connects wake it. Due instants lie on a fixed grid of the
/// monotonic clock: an instant that passed without a scan is booked as missed and never made up for, so no reading is taken twice
/// in one period. Scans of different devices overlap, so that one that waits does not hold the others up; scans of one device do not.
/// </remarks>
internal sealed class EndpointLoop : IEndpointLoop
{
    /// <summary>How long the first due instants wait for the first connect: a device that is there should not begin with a bad reading.</summary>
    private static readonly TimeSpan FirstConnectGrace = TimeSpan.FromMilliseconds(500);

    private readonly EndpointLoopOptions _options;
    private readonly IPolledEndpoint _endpoint;
    private readonly ScanBooking _booking;
    private readonly ReadingBatchPool _pool;
    private readonly SchedulingLimits _limits;
    private readonly TimeProvider _time;
    private readonly ConnectionSupervisor _supervisor;
    private readonly DeviceState[] _devices;
    private readonly GroupState[] _groups;
    private readonly DeviceLog _log;
    private readonly DueTimer _timer;
    private readonly PriorityQueue<GroupState, long> _due = new();
    private readonly ConcurrentQueue<GroupState> _finished = new();
    private CancellationToken _stop;
    private int _scansUnderWay;
    private int _silentScans;

    public EndpointLoop(
        EndpointLoopOptions options, IPolledEndpoint endpoint, ScanBooking booking, ReadingBatchPool pool,
        SchedulingLimits limits, Random random, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _endpoint = endpoint;
        _booking = booking;
        _pool = pool;
        _limits = limits;
        _time = time;
        _timer = new DueTimer(time);
        _supervisor = new ConnectionSupervisor(
            endpoint, options.Name, limits, random.NextDouble, time, _timer.Wake, loggers.CreateLogger("EdgeAgent.Endpoint." + options.Name));
        _devices = [.. options.DeviceNames.Select((name, index) => new DeviceState(index, name, limits, random.NextDouble, time))];
        _groups = [.. options.Groups.Select(NewGroup)];
        _log = new DeviceLog(_devices, loggers, time);
        SetProbeDeadlines();
    }

    public IReadOnlyList<DeviceState> Devices => _devices;
    public ConnectionSupervisor Connection => _supervisor;
    public long Dropped => _booking.Dropped;

    /// <summary>Runs until cancelled, then waits for the scans under way. Does not dispose the endpoint.</summary>
    /// <returns>The instant up to which everything due has been booked, as UTC ticks.</returns>
    public async Task<long> RunAsync(CancellationToken stop)
    {
        _stop = stop;
        using CancellationTokenRegistration wake = stop.UnsafeRegister(static state => ((DueTimer)state!).Wake(), _timer);
        await ConnectFirstAsync().ConfigureAwait(false);
        BeginSchedule();
        while (!stop.IsCancellationRequested)
        {
            TakeFinished();
            if (_supervisor.Step(_scansUnderWay == 0, stop))
            {
                CameUp();
            }

            StartDue();
            await _timer.WaitAsync(NextWakeStamp()).ConfigureAwait(false);
        }

        while (_scansUnderWay > 0)
        {
            TakeFinished();
            if (_scansUnderWay > 0)
            {
                await _timer.WaitAsync(long.MaxValue).ConfigureAwait(false);
            }
        }

        await _supervisor.StopAsync().ConfigureAwait(false);
        BookUnserved();
        _booking.PostCarried();
        return UnixTicks.Now(_time);
    }

    public void Dispose() => _timer.Dispose();

    private async ValueTask ConnectFirstAsync()
    {
        if (_endpoint.IsConnected)
        {
            _supervisor.TakeOver();
            return;
        }

        long now = _time.GetTimestamp();
        long until = now + FirstConnectGrace.ToStamps(_time);
        _supervisor.NextTryStamp = now + TimeSpan.FromMilliseconds(_options.FirstConnectDelayMs).ToStamps(_time);
        until += _supervisor.NextTryStamp - now;
        do
        {
            if (_supervisor.Step(isIdle: true, _stop))
            {
                CameUp();
                return;
            }

            bool tried = _supervisor.LastProblem is not null;
            if (tried)
            {
                return;
            }

            await _timer.WaitAsync(_supervisor.IsConnecting ? until : _supervisor.NextTryStamp).ConfigureAwait(false);
        }
        while (!_stop.IsCancellationRequested && _time.GetTimestamp() < until);
    }

    private void BeginSchedule()
    {
        long nowTicks = UnixTicks.Now(_time);
        long nowStamp = _time.GetTimestamp();
        foreach (GroupState group in _groups)
        {
            ScanGrid grid = _options.Grids[group.Group.Index];
            group.DueStamp = nowStamp + StampArithmetic.TicksToStamps(grid.FirstAtOrAfter(nowTicks) - nowTicks, _time);
            _booking.Down(group, grid, ProvenanceOf(group), _options.AccountedUntilTicks ?? nowTicks, nowTicks, group.DueStamp);
            _due.Enqueue(group, group.DueStamp);
        }
    }

    private long NextWakeStamp()
    {
        long next = _due.TryPeek(out _, out long due) ? due : long.MaxValue;
        return _supervisor.IsUp || _supervisor.IsConnecting || _scansUnderWay > 0 ? next : Math.Min(next, _supervisor.NextTryStamp);
    }

    private void StartDue()
    {
        while (!_stop.IsCancellationRequested && _due.TryPeek(out GroupState? group, out long due) && due <= _time.GetTimestamp())
        {
            _due.Dequeue();
            if (group.Device.IsScanning)
            {
                group.Device.Waiting.Enqueue(group);
            }
            else
            {
                Begin(group);
            }
        }
    }

    private void Begin(GroupState group)
    {
        DeviceState device = group.Device;
        long now = _time.GetTimestamp();
        BookMissed(group, now);
        if (_supervisor.IsUp && !_endpoint.IsConnected)
        {
            _supervisor.Lost("the peer closed the connection");
        }

        if (group.IsFastest)
        {
            device.Meter.Started(ToMs(now), ToMs(now - group.DueStamp));
        }

        group.StartedStamp = now;
        group.Readings = _pool.Take();
        if (!_supervisor.IsUp || device.Refuses(now))
        {
            Fail(group, _supervisor.IsUp ? Quality.BadOutOfService : Quality.BadNotConnected);
            Book(group);
            return;
        }

        device.IsScanning = true;
        _scansUnderWay++;
        try
        {
            group.Scan = _endpoint.ScanAsync(new ScanRequest(group.Group.Index, device.DeadlineOfNextScanMs), group.Readings, _stop).GetAwaiter();
        }
        catch (Exception exception)
        {
            group.Scan = ValueTask.FromException<ScanOutcome>(exception).GetAwaiter();
        }

        if (group.Scan.IsCompleted)
        {
            Finish(group);
        }
        else
        {
            group.Scan.UnsafeOnCompleted(group.Completed);
        }
    }

    private void TakeFinished()
    {
        while (_finished.TryDequeue(out GroupState? group))
        {
            Finish(group);
        }
    }

    private void Finish(GroupState group)
    {
        _scansUnderWay--;
        DeviceState device = group.Device;
        device.IsScanning = false;
        if (TryTakeOutcome(group, out ScanOutcome outcome))
        {
            long now = _time.GetTimestamp();
            device.Meter.Finished(ToMs(now - group.StartedStamp), now >= group.DueStamp + group.IntervalStamps);
            _log.Scan(device, outcome, device.Observe(outcome, now, _time));
            Book(group);
            JudgeConnection(outcome);
        }

        if (!_stop.IsCancellationRequested && device.Waiting.TryDequeue(out GroupState? next))
        {
            Begin(next);
        }
    }

    /// <summary>Gets the outcome; false when the scan was cancelled by the stop, so that its instant counts as not served.</summary>
    private bool TryTakeOutcome(GroupState group, out ScanOutcome outcome)
    {
        try
        {
            outcome = group.Scan.GetResult();
            if (group.Readings!.Count != group.Group.TagIds.Count)
            {
                throw new InvalidOperationException($"The driver gave {group.Readings.Count} readings for {group.Group.TagIds.Count} tags.");
            }

            return true;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _pool.Return(group.Readings!);
            outcome = default;
            return false;
        }
        catch (Exception exception)
        {
            // A fault in a driver is one device's bad readings, never the end of the loop.
            _log.Faulted(group.Device, exception);
            group.Readings!.Clear();
            Fail(group, Quality.BadUnexpectedError);
            outcome = new ScanOutcome(ScanAnswer.Answered, "the driver failed: " + exception.Message);
            return true;
        }
    }

    private void JudgeConnection(in ScanOutcome outcome)
    {
        _silentScans = outcome.Answer switch
        {
            ScanAnswer.Answered => 0,
            ScanAnswer.Silent => _silentScans + 1,
            _ => _silentScans,
        };
        if (outcome.Answer == ScanAnswer.ConnectionLost)
        {
            _supervisor.Lost(outcome.Problem ?? "the connection broke");
        }
        else if (_silentScans >= _limits.SilentScansToReconnect && Array.TrueForAll(_devices, device => device.SilentScans > 0))
        {
            _silentScans = 0;
            _supervisor.Lost("connected, but no device answers");
        }
    }

    private void CameUp()
    {
        foreach (DeviceState device in _devices)
        {
            device.ProbeNow(_time.GetTimestamp());
        }
    }

    private void BookMissed(GroupState group, long now)
    {
        long missed = (now - group.DueStamp) / group.IntervalStamps;
        if (missed > 0)
        {
            _booking.Missed(group, ProvenanceOf(group), group.DueStamp, missed);
            group.DueStamp += missed * group.IntervalStamps;
        }
    }

    /// <summary>What was due and the stop cut off, under way or waiting for its device: whoever goes on counts from now.</summary>
    private void BookUnserved()
    {
        long now = _time.GetTimestamp();
        foreach (GroupState group in _groups)
        {
            if (group.DueStamp <= now)
            {
                _booking.Missed(group, ProvenanceOf(group), group.DueStamp, 1 + ((now - group.DueStamp) / group.IntervalStamps));
            }
        }
    }

    private void Book(GroupState group)
    {
        _booking.Readings(group, ProvenanceOf(group), group.DueStamp, group.Readings!);
        group.Readings = null;
        group.DueStamp += group.IntervalStamps;
        _due.Enqueue(group, group.DueStamp);
    }

    private void Fail(GroupState group, Quality quality)
    {
        long now = UnixTicks.Now(_time);
        foreach (int tag in group.Group.TagIds)
        {
            group.Readings!.Add(Reading.Failed(tag, quality, now));
        }
    }

    private Provenance ProvenanceOf(GroupState group) =>
        _endpoint.IsSimulated(group.Device.Index) ? Provenance.Simulated : _options.Provenance;

    private GroupState NewGroup(ScanGroup group) => new(
        group, _devices[group.Device], TimeSpan.FromMilliseconds(group.IntervalMs).ToStamps(_time),
        GroupClock.IsFastestOf(group, _options.Groups), OnCompleted);

    private void OnCompleted(GroupState group)
    {
        _finished.Enqueue(group);
        _timer.Wake();
    }

    /// <summary>A probe of a dead device may cost its neighbours one of their periods at most.</summary>
    private void SetProbeDeadlines()
    {
        foreach (DeviceState device in _devices)
        {
            int neighbours = _groups.Where(group => group.Device != device).Select(group => group.Group.IntervalMs)
                .DefaultIfEmpty(_limits.ProbeDeadlineMostMs).Min();
            device.ProbeDeadlineMs = Math.Clamp(neighbours, _limits.ProbeDeadlineLeastMs, _limits.ProbeDeadlineMostMs);
        }
    }

    private double ToMs(long stamps) => stamps * 1000.0 / _time.TimestampFrequency;
}
