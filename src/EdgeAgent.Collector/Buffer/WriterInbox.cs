namespace EdgeAgent.Collector.Buffer;

/// <summary>Where every other thread leaves work for the writer thread. All members are safe for concurrent use.</summary>
internal sealed class WriterInbox
{
    private readonly object _gate = new();
    private readonly Dictionary<(Guid Incarnation, string Cursor), SequenceSet> _passed = [];
    private readonly List<AppendRequest> _appends = [];
    private readonly List<TaskCompletionSource<DiscardedSnapshot>> _takes = [];
    private readonly List<(Guid Incarnation, long Sequence)> _damaged = [];
    private readonly List<TaskCompletionSource> _barriers = [];
    private bool _acknowledgementsDue;
    private bool _tick;
    private bool _stopping;
    private int _damagedGeneration;

    /// <returns>False when the writer has stopped taking work.</returns>
    public bool Add(AppendRequest append) => Enqueue(() => _appends.Add(append));

    public bool Add(TaskCompletionSource<DiscardedSnapshot> take) => Enqueue(() => _takes.Add(take));

    /// <summary>A source that completes when everything left here so far is committed.</summary>
    public bool AddBarrier(TaskCompletionSource barrier) => Enqueue(() =>
    {
        _barriers.Add(barrier);
        _acknowledgementsDue = true;
    });

    public void AddDamaged(Guid incarnation, long sequence) => Enqueue(() => _damaged.Add((incarnation, sequence)));

    /// <param name="generation">Of the database in which it was met; by now that may have been replaced.</param>
    public void ReportDamage(int generation) => Enqueue(() => _damagedGeneration = Math.Max(_damagedGeneration, generation));

    public void Tick() => Enqueue(() => _tick = true);

    public void AcknowledgementsDue() => Enqueue(() => _acknowledgementsDue = true);

    public void Stop() => Enqueue(() => _stopping = true);

    /// <summary>Adds to what a cursor has passed, without waking the writer.</summary>
    /// <returns>Whether this is the first since the writer last looked, so that a wake-up must be arranged.</returns>
    public bool Pass(Guid incarnation, string cursor, Action<SequenceSet> add)
    {
        lock (_gate)
        {
            bool first = _passed.Count == 0;
            if (!_passed.TryGetValue((incarnation, cursor), out SequenceSet? set))
            {
                _passed.Add((incarnation, cursor), set = new SequenceSet());
            }

            add(set);
            return first;
        }
    }

    /// <summary>Waits for work and moves all of it into <paramref name="work"/>.</summary>
    public void Take(WriterWork work)
    {
        lock (_gate)
        {
            while (_appends.Count == 0 && _takes.Count == 0 && _damaged.Count == 0
                && !_acknowledgementsDue && !_tick && !_stopping && _damagedGeneration == 0 && !work.HasMore)
            {
                Monitor.Wait(_gate);
            }

            work.Appends.AddRange(_appends);
            work.Takes.AddRange(_takes);
            work.Damaged.AddRange(_damaged);
            work.Barriers.AddRange(_barriers);
            foreach (((Guid incarnation, string cursor), SequenceSet set) in _passed)
            {
                work.Pass(incarnation, cursor, set);
            }

            work.Tick = _tick;
            work.Stopping = _stopping;
            work.DamagedGeneration = _damagedGeneration;
            _appends.Clear();
            _takes.Clear();
            _damaged.Clear();
            _barriers.Clear();
            _passed.Clear();
            _acknowledgementsDue = _tick = false;
            _damagedGeneration = 0;
        }
    }

    private bool Enqueue(Action change)
    {
        lock (_gate)
        {
            if (_stopping)
            {
                return false;
            }

            change();
            Monitor.Pulse(_gate);
            return true;
        }
    }
}
