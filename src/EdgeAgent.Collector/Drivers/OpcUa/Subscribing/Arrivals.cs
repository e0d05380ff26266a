using System.Runtime.CompilerServices;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.OpcUa.Subscribing;

/// <summary>What has arrived and was not taken yet: live readings, notices, and behind them pieces of filled gaps.</summary>
/// <remarks>Filled by the connection's event loop and by the history's, emptied by one receive at a time.</remarks>
internal sealed class Arrivals
{
    // Nobody takes anything any more when so much waits; what comes then is dropped and counted.
    private const int WaitingMax = 2_000_000;
    private const int FilledPiecesMax = 4;

    private readonly Lock _gate = new();
    private readonly ArrivalSignal _signal = new();
    private readonly Queue<PushOutcome> _notices = new();
    private readonly Queue<(ReadingBatch Readings, bool IsComplete)> _filled = new();
    private readonly SemaphoreSlim _filledRoom = new(FilledPiecesMax);
    private ReadingBatch _waiting = new();
    private ReadingBatch _spare = new();
    private int _dropped;

    /// <summary>Readings that came and could not be kept.</summary>
    public int Dropped => Volatile.Read(ref _dropped);

    /// <summary>Adds live readings; the batch is empty afterwards and may be filled again.</summary>
    public void Post(ref ReadingBatch readings)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                (_waiting, readings) = (readings, _waiting);
            }
            else if (_waiting.Count < WaitingMax)
            {
                foreach (ref readonly Reading reading in readings.Readings)
                {
                    _waiting.AddFrom(readings, reading);
                }
            }
            else
            {
                _dropped += readings.Count;
                _notices.Enqueue(new PushOutcome(PushKind.Live, -1, "values came faster than they could be taken", readings.Count));
            }
            readings.Clear();
        }
        _signal.Set();
    }

    public void Tell(in PushOutcome notice)
    {
        lock (_gate)
        {
            _notices.Enqueue(notice);
        }
        _signal.Set();
    }

    /// <summary>Adds a piece of a filled gap when there is room; live readings always go first.</summary>
    public async ValueTask FillAsync(ReadingBatch readings, bool isComplete, CancellationToken cancellation)
    {
        await _filledRoom.WaitAsync(cancellation).ConfigureAwait(false);
        lock (_gate)
        {
            _filled.Enqueue((readings, isComplete));
        }
        _signal.Set();
    }

    /// <summary>Waits until something is there and takes it.</summary>
    public ValueTask<PushOutcome> TakeAsync(ReadingBatch into, CancellationToken cancellation) =>
        TryTake(into, out PushOutcome outcome) ? new ValueTask<PushOutcome>(outcome) : WaitAsync(into, cancellation);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<PushOutcome> WaitAsync(ReadingBatch into, CancellationToken cancellation)
    {
        while (true)
        {
            await _signal.WaitAsync(cancellation).ConfigureAwait(false);
            if (TryTake(into, out PushOutcome outcome))
            {
                return outcome;
            }
        }
    }

    private bool TryTake(ReadingBatch into, out PushOutcome outcome)
    {
        ReadingBatch? taken = null;
        lock (_gate)
        {
            bool hasNotice = _notices.TryDequeue(out outcome);
            if (_waiting.Count > 0)
            {
                taken = _waiting;
                _waiting = _spare;
                _spare = taken;
            }
            else if (!hasNotice && _filled.TryDequeue(out (ReadingBatch Readings, bool IsComplete) piece))
            {
                _filledRoom.Release();
                outcome = new PushOutcome(piece.IsComplete ? PushKind.BackFilledWithoutGaps : PushKind.BackFilled);
                taken = piece.Readings;
            }
            else if (!hasNotice)
            {
                return false;
            }
        }
        if (taken is not null)
        {
            // Nobody else has it now: the spare one is put to use only by the next take, of which there is one at a time.
            foreach (ref readonly Reading reading in taken.Readings)
            {
                into.AddFrom(taken, reading);
            }
            taken.Clear();
        }
        return true;
    }
}
