using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Pipeline;

/// <summary>The single consumer of all scans: processes readings, counts them, and flushes them into the buffer.</summary>
/// <remarks>Works in strides: it wakes once in a flush interval, or when much waits. A change of the configuration happens here,
/// between two batches, so that no batch ever holds readings of two configurations.</remarks>
internal sealed class PipelineLoop : IDisposable
{
    private readonly BatchWriter _writer;
    private readonly DueFrontier _frontier;
    private readonly ReadingBatchPool _pool;
    private readonly TimeProvider _time;
    private readonly DueTimer _timer;
    private readonly long _flushStamps;
    private readonly Dictionary<string, DeviceTotals> _totalsByName = [];
    private IReadOnlyList<EndpointPlacement> _placements = [];
    private TagRule[] _rules = [];
    private TagState[] _states = [];
    private DeviceTotals[] _totals = [];
    private int[] _deviceOfTag = [];
    private Swap? _swap;
    private Interlude? _interlude;
    private TaskCompletionSource? _turnWanted;

    public PipelineLoop(BatchWriter writer, DueFrontier frontier, ReadingBatchPool pool, int flushIntervalMs, TimeProvider time)
    {
        _writer = writer;
        _frontier = frontier;
        _pool = pool;
        _time = time;
        _timer = new DueTimer(time, continueElsewhere: true);
        _flushStamps = TimeSpan.FromMilliseconds(flushIntervalMs).ToStamps(time);
        Queue = new ScanQueue(_timer.Wake);
        writer.OnLost = NoteLost;
        writer.OnGone = NoteGone;
    }

    public ScanQueue Queue { get; }

    public BatchWriter Writer => _writer;

    /// <summary>Totals of a device by name, since the agent started; null when it never was.</summary>
    public DeviceTotals? TotalsOf(string device)
    {
        lock (_totalsByName)
        {
            return _totalsByName.GetValueOrDefault(device);
        }
    }

    /// <summary>Totals of every device that this agent has had since it started.</summary>
    public IReadOnlyList<DeviceTotals> Totals
    {
        get
        {
            lock (_totalsByName)
            {
                return [.. _totalsByName.Values];
            }
        }
    }

    /// <summary>Changes to another configuration after everything that was posted before.</summary>
    public Task UseAsync(PlantTables tables)
    {
        var swap = new Swap(tables, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (Interlocked.CompareExchange(ref _swap, swap, null) is not null)
        {
            throw new InvalidOperationException("Another change of the configuration is under way.");
        }

        _timer.Wake();
        return swap.Done.Task;
    }

    /// <summary>Runs something between two batches; results wait in the queue meanwhile.</summary>
    public Task PauseForAsync(Func<Task> action)
    {
        var interlude = new Interlude(action, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (Interlocked.CompareExchange(ref _interlude, interlude, null) is not null)
        {
            throw new InvalidOperationException("The pipeline is paused already.");
        }

        _timer.Wake();
        return interlude.Done.Task;
    }

    /// <summary>Completes when the loop comes round next, which it does at each flush: whoever waits longer than that waits for a loop that hangs.</summary>
    public Task NextTurnAsync()
    {
        var wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _turnWanted, wanted, null) ?? wanted).Task;
    }

    /// <summary>Runs until cancelled, then takes what still waits and flushes it.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using CancellationTokenRegistration wake = stop.UnsafeRegister(static state => ((DueTimer)state!).Wake(), _timer);
        long nextFlush = _time.GetTimestamp() + _flushStamps;
        while (true)
        {
            bool isLast = stop.IsCancellationRequested;
            TakeWaiting();
            TakeSwap();
            await RunInterludeAsync().ConfigureAwait(false);
            Interlocked.Exchange(ref _turnWanted, null)?.TrySetResult();
            if (isLast || _time.GetTimestamp() >= nextFlush)
            {
                FlushIfUsable();
                nextFlush = _time.GetTimestamp() + _flushStamps;
            }

            if (isLast)
            {
                return;
            }

            await _timer.WaitAsync(nextFlush).ConfigureAwait(false);
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Takes what waits in the queue now; for the loop, and for tests that are the loop.</summary>
    internal void TakeWaiting()
    {
        // Only what waits now: a flood of new results must not keep the flush from happening.
        for (int left = Queue.Count; left > 0 && Queue.TryTake(out ScanResult result); left--)
        {
            Take(result);
        }
    }

    private void Take(in ScanResult result)
    {
        EndpointSlot slot = result.Slot;
        if (slot.IsInForce)
        {
            int device = slot.DeviceBase + result.Account.DeviceId;
            if (result is { Readings: { } pushed, Pushed: { } how })
            {
                ProcessPushed(pushed, slot, result.Account.Hour, how);
            }
            else if (result.Readings is { } readings)
            {
                Process(readings, slot.TagBase, device, result.Account);
            }
            else if (!result.Account.IsEmpty)
            {
                Count(result.Account with { DeviceId = device });
            }

            if (result.Group >= 0)
            {
                _frontier.Advance(slot.GroupBase + result.Group, result.NextDueStamp);
            }

            if (_writer.IsFull)
            {
                _writer.Flush();
            }
        }

        if (result.Readings is not null)
        {
            _pool.Return(result.Readings);
        }
    }

    private void Process(ReadingBatch batch, int tagBase, int device, in ScanAccount account)
    {
        DeviceTotals totals = _totals[device];
        ref DeviceTally tally = ref _writer.Book.Tally(device, account.Hour, account.Provenance);
        foreach (ref Reading reading in batch.MutableReadings)
        {
            int tag = tagBase + reading.TagId;
            reading = reading with { TagId = tag };
            Verdict verdict = TagProcessor.Process(_rules[tag], ref _states[tag], ref reading, batch.BytesOf(reading));
            if (reading.Quality.IsGood)
            {
                tally.Good++;
                totals.Good++;
                totals.LastGoodTicks = reading.SourceTicks;
            }
            else
            {
                tally.Bad++;
                totals.Bad++;
            }

            if (verdict.IsChanged)
            {
                tally.Changed++;
                totals.Changed++;
            }

            if (!verdict.Passes)
            {
                tally.Filtered++;
                totals.Filtered++;
                continue;
            }

            _states[tag].SentIn = _writer.Gathering;
            _writer.Add(batch, reading);
            tally.Buffered++;
            totals.Buffered++;
            if (_writer.IsFull)
            {
                _writer.Flush();
                tally = ref _writer.Book.Tally(device, account.Hour, account.Provenance);
            }
        }
    }

    /// <summary>Readings beyond the due ones, see <see cref="ScanAccount.Beyond"/>; the due instants of their devices are counted apart.</summary>
    private void ProcessPushed(ReadingBatch batch, EndpointSlot slot, int hour, PushedReadings how)
    {
        int device = -1;
        DeviceTotals totals = null!;
        ref DeviceTally tally = ref System.Runtime.CompilerServices.Unsafe.NullRef<DeviceTally>();
        foreach (ref Reading reading in batch.MutableReadings)
        {
            int tag = slot.TagBase + reading.TagId;
            reading = reading with { TagId = tag };
            if (_deviceOfTag[tag] != device)
            {
                device = _deviceOfTag[tag];
                totals = _totals[device];
                tally = ref _writer.Book.Tally(device, hour, how.Provenances[device - slot.DeviceBase]);
            }

            bool passes = true;
            if (how.AreBackFilled)
            {
                TagProcessor.Convert(_rules[tag], ref reading);
            }
            else
            {
                passes = TagProcessor.Process(_rules[tag], ref _states[tag], ref reading, batch.BytesOf(reading)).Passes;
            }

            if (reading.Quality.IsGood && reading.SourceTicks > totals.LastGoodTicks)
            {
                totals.LastGoodTicks = reading.SourceTicks;
            }

            tally.Beyond++;
            totals.Beyond++;
            if (!passes)
            {
                tally.Filtered++;
                totals.Filtered++;
                continue;
            }

            _states[tag].SentIn = _writer.Gathering;
            _writer.Add(batch, reading);
            tally.Buffered++;
            totals.Buffered++;
            if (_writer.IsFull)
            {
                _writer.Flush();
                device = -1;
            }
        }
    }

    private void Count(in ScanAccount account)
    {
        _writer.Book.Add(account);
        DeviceTotals totals = _totals[account.DeviceId];
        totals.Good += account.Good;
        totals.Bad += account.Bad;
        totals.Missed += account.Missed;
        totals.MissedWhileDown += account.MissedWhileDown;
        totals.Filtered += account.Filtered;
        totals.Dropped += account.Dropped;
        totals.Changed += account.Changed;
        totals.Beyond += account.Beyond;
        totals.Filled += account.Filled;
    }

    private void NoteLost(ScanAccount account)
    {
        DeviceTotals totals = _totals[account.DeviceId];
        totals.Buffered -= account.Buffered;
        totals.Dropped += account.Buffered;
    }

    /// <summary>What was sent and is gone is no longer what the next reading is held against: else a value that stands would be held back
    /// as unchanged while no store has it.</summary>
    private void NoteGone(long? batch)
    {
        foreach (ref TagState state in _states.AsSpan())
        {
            state.HasSent &= batch is { } gone && state.SentIn != gone;
        }
    }

    private void FlushIfUsable()
    {
        if (_writer.IsUsable)
        {
            _writer.Flush();
        }
    }

    private void TakeSwap()
    {
        if (_swap is not { } swap)
        {
            return;
        }

        // What was posted before the change was asked for is in the queue by now, and still counts under the old numbers.
        TakeWaiting();
        FlushIfUsable();
        Apply(swap.Tables);
        Volatile.Write(ref _swap, null);
        swap.Done.SetResult();
    }

    private async ValueTask RunInterludeAsync()
    {
        if (_interlude is not { } interlude)
        {
            return;
        }

        FlushIfUsable();
        try
        {
            await interlude.Action().ConfigureAwait(false);
            Volatile.Write(ref _interlude, null);
            interlude.Done.SetResult();
        }
        catch (Exception exception)
        {
            Volatile.Write(ref _interlude, null);
            interlude.Done.SetException(exception);
        }
    }

    private void Apply(PlantTables tables)
    {
        var states = new TagState[tables.Rules.Length];
        var kept = new List<(int From, int To, int Count)>();
        Dictionary<EndpointSlot, EndpointPlacement> placed = tables.Placements.ToDictionary(placement => placement.Slot);
        foreach (EndpointPlacement before in _placements)
        {
            before.Slot.IsInForce = false;
            if (placed.TryGetValue(before.Slot, out EndpointPlacement? after))
            {
                Array.Copy(_states, before.TagBase, states, after.TagBase, after.TagCount);
                kept.Add((before.GroupBase, after.GroupBase, after.GroupCount));
            }
        }

        _frontier.Rearrange(
            tables.GroupCount, kept,
            tables.Placements.Where(placement => placement.SinceTicks is not null)
                .Select(placement => (placement.GroupBase, placement.GroupCount, placement.SinceTicks!.Value)));
        foreach (EndpointPlacement placement in tables.Placements)
        {
            placement.Slot.TagBase = placement.TagBase;
            placement.Slot.DeviceBase = placement.DeviceBase;
            placement.Slot.GroupBase = placement.GroupBase;
            placement.Slot.IsInForce = true;
        }

        _placements = tables.Placements;
        _rules = tables.Rules;
        _states = states;
        _deviceOfTag = [.. tables.Definition.Tags.Select(tag => tag.DeviceId)];
        _writer.Use(tables.Definition);
        lock (_totalsByName)
        {
            _totals = [.. tables.Definition.Devices.Select(device =>
                _totalsByName.TryGetValue(device.Name, out DeviceTotals? totals) ? totals : _totalsByName[device.Name] = new DeviceTotals())];
        }
    }

    private sealed record Swap(PlantTables Tables, TaskCompletionSource Done);

    private sealed record Interlude(Func<Task> Action, TaskCompletionSource Done);
}
