using System.Runtime.CompilerServices;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Receiving;

/// <summary>Where a driver's connections put what arrives, and from where <see cref="IPushedEndpoint.ReceiveAsync"/> takes it.</summary>
/// <remarks>Any number of writers, under <see cref="Gate"/>; one reader. When it is full a connection should stop reading its peer,
/// so that the peer's flow control holds the rest; what does not wait is added all the same, so nothing is lost here.</remarks>
internal sealed class ReadingInbox
{
    /// <summary>A second of a hundred thousand readings: the loop takes everything each time it turns, so this is only reached when the process is held up.</summary>
    private const int ReadingsMost = 100_000;

    private readonly ArrivalSignal _arrived = new();
    private readonly ArrivalSignal _room = new();
    private readonly Queue<PushOutcome> _reports = new();
    private readonly ReadingBatch _live = new();
    private readonly ReadingBatch _backFilled = new();
    private string? _lost;
    private bool _isFull;

    /// <summary>Held while adding to <see cref="Live"/> and <see cref="BackFilled"/>.</summary>
    public Lock Gate { get; } = new();

    /// <summary>News, in the order of arrival.</summary>
    public ReadingBatch Live => _live;

    /// <summary>Readings of a time that is over.</summary>
    public ReadingBatch BackFilled => _backFilled;

    public bool IsFull => Volatile.Read(ref _isFull);

    /// <summary>Wakes the reader; called after adding, outside the gate or in it.</summary>
    public void Signal() => _arrived.Set();

    /// <summary>Waits until there is room again; one waiter.</summary>
    public ValueTask RoomAsync() => _room.WaitAsync();

    /// <summary>Says something about a device, see <see cref="PushOutcome"/>.</summary>
    public void Report(int device, string? problem, int lost = 0, int gap = 0)
    {
        lock (Gate)
        {
            _reports.Enqueue(new PushOutcome(PushKind.Live, device, problem, lost, gap));
        }

        _arrived.Set();
    }

    /// <summary>Says that the connection is lost; what was added before still gets through.</summary>
    public void Lose(string problem)
    {
        lock (Gate)
        {
            _lost ??= problem;
        }

        _arrived.Set();
    }

    /// <summary>Begins a new connection: an older loss does not count any more.</summary>
    public void Begin()
    {
        lock (Gate)
        {
            _lost = null;
        }
    }

    /// <summary>As <see cref="IPushedEndpoint.ReceiveAsync"/>.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PushOutcome> ReceiveAsync(ReadingBatch into, CancellationToken cancellation)
    {
        using CancellationTokenRegistration wake = cancellation.UnsafeRegister(static inbox => ((ReadingInbox)inbox!)._arrived.Set(), this);
        while (true)
        {
            if (TryTake(into, out PushOutcome outcome))
            {
                return outcome;
            }

            cancellation.ThrowIfCancellationRequested();
            await _arrived.WaitAsync().ConfigureAwait(false);
        }
    }

    private bool TryTake(ReadingBatch into, out PushOutcome outcome)
    {
        lock (Gate)
        {
            outcome = default;
            bool taken = _reports.TryDequeue(out outcome);
            if (_live.Count > 0)
            {
                Move(_live, into);
                taken = true;
            }
            else if (!taken && _backFilled.Count > 0)
            {
                Move(_backFilled, into);
                outcome = new PushOutcome(PushKind.BackFilled);
                taken = true;
            }
            else if (!taken && _lost is { } problem)
            {
                _lost = null;
                outcome = new PushOutcome(PushKind.ConnectionLost, -1, problem);
                taken = true;
            }

            bool full = _live.Count + _backFilled.Count >= ReadingsMost;
            if (_isFull && !full)
            {
                _room.Set();
            }

            Volatile.Write(ref _isFull, full);
            return taken;
        }
    }

    /// <summary>Called by writers in the gate after adding.</summary>
    public void NoteAdded()
    {
        if (_live.Count + _backFilled.Count >= ReadingsMost)
        {
            Volatile.Write(ref _isFull, true);
        }

        _arrived.Set();
    }

    private static void Move(ReadingBatch from, ReadingBatch to)
    {
        foreach (ref readonly Reading reading in from.Readings)
        {
            to.AddFrom(from, reading);
        }

        from.Clear();
    }
}
