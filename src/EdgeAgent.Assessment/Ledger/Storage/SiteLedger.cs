using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Ledger.Storage;

/// <summary>The ledger of one site in a hub's data directory: its history, its files, and the way to record a change.</summary>
/// <remarks>Safe for concurrent use, also by several processes. Reading never waits for writing.</remarks>
public sealed class SiteLedger
{
    /// <summary>How far the clock may have been set back since the newest event before nothing is recorded any more.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly LedgerFile _file;
    private LedgerHistory _history;

    private SiteLedger(string folder, string site, TimeProvider time)
    {
        _folder = folder;
        _time = time;
        _file = new LedgerFile(folder, site);
        _history = new LedgerHistory(site, []);
        Site = site;
        Files = new FileVault(Path.Combine(folder, "files"));
    }

    public string Site { get; }

    /// <summary>Attached photos and documents.</summary>
    public FileVault Files { get; }

    /// <summary>Where it lies, for messages.</summary>
    public string Folder => _folder;

    /// <summary>Opens the ledger of a site and checks its chain. One that is not there yet is empty, and nothing is created.</summary>
    /// <param name="dataDirectory">The hub's data directory.</param>
    /// <exception cref="LedgerDamagedException">An event is not what was written.</exception>
    /// <exception cref="IOException">The files cannot be read.</exception>
    public static SiteLedger Open(string dataDirectory, string site, TimeProvider time)
    {
        SiteLedger ledger = new(FolderOf(dataDirectory, site), site, time);
        ledger.Read();
        return ledger;
    }

    /// <summary>Whether anything was ever recorded for a site.</summary>
    public static bool Exists(string dataDirectory, string site) => File.Exists(Path.Combine(FolderOf(dataDirectory, site), LedgerFile.FileName));

    /// <summary>Everything recorded until now, also by other processes.</summary>
    /// <exception cref="LedgerDamagedException">An event is not what was written.</exception>
    public LedgerHistory Read()
    {
        lock (_gate)
        {
            return Refresh();
        }
    }

    /// <summary>The events as they lie in the file, for evidence; whole lines only.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[] ReadBytes()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(_folder, LedgerFile.FileName));
        return bytes[..(bytes.AsSpan().LastIndexOf((byte)'\n') + 1)];
    }

    /// <summary>Records changes as one event: all of them or none, durable when this returns.</summary>
    /// <param name="who">Who decided it.</param>
    /// <param name="why">The reason.</param>
    /// <param name="origin">Where it came from, for instance <c>command line</c>.</param>
    /// <param name="rules">The pack by which answers, scenes and project are checked; null: not checked.</param>
    /// <param name="seen">Hash of the newest event that the decision rests on; null: whatever is there.</param>
    /// <exception cref="LedgerRefusedException">Something is wrong with the changes.</exception>
    /// <exception cref="LedgerMovedException">There are newer events than <paramref name="seen"/>.</exception>
    /// <exception cref="LedgerDamagedException">An event is not what was written.</exception>
    /// <exception cref="IOException">The disk refuses, or another writer does not end.</exception>
    public LedgerEvent Append(
        IReadOnlyList<LedgerChange> changes, string who, string why, string origin, RulePack? rules = null, string? seen = null)
    {
        lock (_gate)
        {
            Directory.CreateDirectory(_folder);
            using FileStream only = LedgerLock.Take(_folder);
            LedgerHistory history = Refresh();
            if (seen is not null && seen != history.HeadHash)
            {
                throw new LedgerMovedException(seen, history.HeadHash);
            }

            IReadOnlyList<LedgerRefusal> refusals = ChangeCheck.Refusals(history.Latest, changes, who, why, rules, Files.Has);
            if (refusals.Count > 0)
            {
                throw new LedgerRefusedException(refusals);
            }

            _file.Append(new LedgerEvent(history.Events.Count + 1, At(history), Site, who, why, origin, changes, history.HeadHash));
            _history = new LedgerHistory(Site, _file.Events);
            return _history.Events[^1];
        }
    }

    private static string FolderOf(string dataDirectory, string site) =>
        Path.Combine(dataDirectory, "ledger", Uri.EscapeDataString(site).Replace(".", "%2E", StringComparison.Ordinal));

    private LedgerHistory Refresh()
    {
        if (_file.ReadMore())
        {
            _history = new LedgerHistory(Site, _file.Events);
        }

        return _history;
    }

    private long At(LedgerHistory history)
    {
        long now = UnixTicks.Now(_time);
        long last = history.Events.Count == 0 ? long.MinValue : history.Events[^1].AtTicks;
        return last <= now || last - now <= ClockTolerance.Ticks
            ? Math.Max(now, last)
            : throw new LedgerRefusedException([new LedgerRefusal(
                "event", $"the clock says {InstantJson.Text(now)}, but the newest event is of {InstantJson.Text(last)}", "a clock that is right; events must be in the order of time")]);
    }
}
