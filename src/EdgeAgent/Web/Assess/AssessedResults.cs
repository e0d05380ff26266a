namespace EdgeAgent.Web.Assess;

/// <summary>Keeps the newest assessment of each question at hand and makes new ones beside the requests: nobody waits for a core's second
/// of work but the first who asks, and whoever asks after a change of the ledger.</summary>
/// <param name="stampOf">The state of the ledger: results of another state are not shown.</param>
/// <param name="assess">Makes an assessment; runs once at a time.</param>
internal sealed class AssessedResults(Func<string> stampOf, Func<AssessmentQuestion, CancellationToken, Task<Assessed>> assess, TimeProvider time, CancellationToken stopping) : IDisposable
{
    /// <summary>Instants and windows that people look at come and go; a result of 1,000 devices has some megabytes.</summary>
    private const int KeptMax = 8;

    /// <summary>Accounts are summed by hour, and a page that stays open asks again every half minute.</summary>
    private static readonly TimeSpan FreshNow = TimeSpan.FromSeconds(30);

    /// <summary>Of a past instant only late readings change anything.</summary>
    private static readonly TimeSpan FreshPast = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<AssessmentQuestion, Entry> _entries = [];

    // An assessment takes up to a second of a core; several at once would take the collection's.
    private readonly SemaphoreSlim _one = new(1);

    public async Task<AssessedAnswer> ReadAsync(AssessmentQuestion question, CancellationToken cancellation)
    {
        string stamp = stampOf();
        Task<Assessed> making;
        lock (_gate)
        {
            Entry entry = EntryOf(question);
            bool usable = entry.Last is { } last && last.LedgerStamp == stamp;
            bool fresh = usable && time.GetUtcNow() - entry.MadeAt < (question.AsOf is null ? FreshNow : FreshPast);
            if (fresh)
            {
                return new AssessedAnswer(entry.Last!, false, null);
            }

            if (entry.Making is null || entry.MakingStamp != stamp)
            {
                entry.MakingStamp = stamp;
                entry.Making = MakeAsync(entry, question);
            }

            if (usable)
            {
                return new AssessedAnswer(entry.Last!, true, entry.Problem);
            }

            making = entry.Making;
        }

        return new AssessedAnswer(await making.WaitAsync(cancellation), false, null);
    }

    public void Dispose() => _one.Dispose();

    private Entry EntryOf(AssessmentQuestion question)
    {
        if (!_entries.TryGetValue(question, out Entry? entry))
        {
            if (_entries.Count == KeptMax)
            {
                _entries.Remove(_entries.Where(e => !e.Key.IsUsual).MinBy(e => e.Value.AskedAt).Key);
            }

            entry = _entries[question] = new Entry();
        }

        entry.AskedAt = time.GetUtcNow();
        return entry;
    }

    private Task<Assessed> MakeAsync(Entry entry, AssessmentQuestion question)
    {
        Task<Assessed>? self = null;
        // Not on the request's thread: the part before the first await of an assessment may read a large ledger.
        self = Task.Run(async () =>
        {
            await _one.WaitAsync(stopping);
            try
            {
                Assessed made = await assess(question, stopping);
                Done(entry, self, made, null);
                return made;
            }
            catch (Exception problem)
            {
                Done(entry, self, null, problem.Message);
                throw;
            }
            finally
            {
                _one.Release();
            }
        }, stopping);
        // Whoever waits sees the failure; when nobody does, the entry keeps it.
        _ = self.ContinueWith(failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return self;
    }

    private void Done(Entry entry, Task<Assessed>? self, Assessed? made, string? problem)
    {
        lock (_gate)
        {
            if (made is not null)
            {
                entry.Last = made;
                entry.MadeAt = time.GetUtcNow();
            }

            entry.Problem = problem;
            if (entry.Making == self)
            {
                entry.Making = null;
            }
        }
    }

    private sealed class Entry
    {
        public Assessed? Last { get; set; }

        public DateTimeOffset MadeAt { get; set; }

        public DateTimeOffset AskedAt { get; set; }

        public Task<Assessed>? Making { get; set; }

        public string MakingStamp { get; set; } = "";

        public string? Problem { get; set; }
    }
}
