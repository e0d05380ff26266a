using System.Security.Cryptography;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Commands;
using EdgeAgent.Core.Model;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.LedgerPages;

/// <summary>The ledger of the hub's site as pages read and change it: the recorded events, or the configuration's file until anything is recorded.</summary>
/// <remarks>The first change takes the configuration's file over as an event of its own, so that recording one answer does not empty the
/// ledger. Safe for concurrent use; what the command line records is seen at the next question.</remarks>
internal sealed class LedgerDesk(HubFiles files, TimeProvider time)
{
    private readonly Lock _gate = new();
    private SiteLedger? _ledger;
    private (string Stamp, DeviceLedger Ledger, byte[] Bytes)? _file;

    public HubFiles Files => files;

    public TimeProvider Time => time;

    /// <summary>Whether the ledger is a history of events; a file otherwise, or nothing.</summary>
    public bool IsRecorded => Recorded() is not null;

    /// <summary>Everything that was recorded; of a file, its assets as they stand.</summary>
    public LedgerHistory History => Recorded() is { } ledger ? Guarded(ledger.Read) : Virtual();

    /// <summary>Another one whenever the ledger is another one.</summary>
    public string Stamp => Recorded() is { } ledger ? Guarded(ledger.Read).HeadHash : FromFile()?.Stamp ?? LedgerHistory.NoHash;

    /// <summary>Photos and documents.</summary>
    public FileVault Vault => (Recorded() ?? Guarded(Open)).Files;

    /// <summary>The ledger at an instant. A file has no history: it is the same for every instant.</summary>
    public DeviceLedger AsOf(DateTimeOffset instant) => Recorded() is { } ledger ? Guarded(ledger.Read).AsOf(UnixTicks.From(instant))
        : FromFile()?.Ledger ?? new DeviceLedger([], LedgerHistory.NoHash);

    public DeviceLedger Latest => Recorded() is { } ledger ? Guarded(ledger.Read).Latest : FromFile()?.Ledger ?? new DeviceLedger([], LedgerHistory.NoHash);

    /// <summary>What importing a file would do; writes nothing.</summary>
    public LedgerPreview Preview(string name, byte[] file, bool complete) => Guarded(() => LedgerImporter.Preview(History, name, file, complete, CheckingRules()));

    /// <summary>Records changes as one event of the person who asks.</summary>
    /// <param name="seen">Hash of the event that the decision rests on; null: whatever is there.</param>
    /// <exception cref="ApiProblem">Something is wrong with them, or the ledger has changed since.</exception>
    public LedgerEvent Append(IReadOnlyList<LedgerChange> changes, string who, string why, string? seen = null) => Guarded(() =>
    {
        if (seen is not null && seen != Stamp)
        {
            throw Moved();
        }

        bool wasRecorded = IsRecorded;
        SiteLedger ledger = ForWriting(who);
        return ledger.Append(changes, who, why, "web", CheckingRules(), wasRecorded ? seen : null);
    });

    /// <summary>Records what a preview showed. One that was made against the configuration's file is compared again once that is taken over.</summary>
    public LedgerEvent Record(LedgerPreview preview, byte[] file, string who, string why) => Guarded(() =>
    {
        if (IsRecorded)
        {
            return LedgerImporter.Record(Recorded()!, preview, who, why, time, CheckingRules());
        }

        SiteLedger ledger = ForWriting(who);
        LedgerPreview again = LedgerImporter.Preview(ledger.Read(), preview.File, file, preview.RemovesMissing, CheckingRules());
        return again.Adds.Count == preview.Adds.Count && again.Changes.Count == preview.Changes.Count && again.Missing.Count == preview.Missing.Count && again.Others.Count == preview.Others.Count
            ? LedgerImporter.Record(ledger, again, who, why, time, CheckingRules())
            : throw Moved();
    });

    private static ApiProblem Moved() => ApiProblem.Conflict(new(
        "台账在您查看之后已被他人更改，本次没有记录任何内容。请刷新后重新决定。",
        "The ledger has changed since it was looked at; nothing was recorded. Look again and decide again."));

    /// <summary>Turns what a ledger refuses into answers.</summary>
    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (LedgerRefusedException refused)
        {
            throw ApiProblem.BadRequest(new(
                "没有记录任何内容：" + string.Join("；", refused.Refusals.Select(r => $"{r.Subject} {ProblemTexts.Chinese(r.Problem)}（{ProblemTexts.Chinese(r.Expected)}）")), refused.Message));
        }
        catch (LedgerMovedException)
        {
            throw Moved();
        }
        catch (LedgerDamagedException damaged)
        {
            throw ApiProblem.Unavailable(new($"台账文件与写入时不一致，在恢复完好副本之前不使用：{damaged.Message}", damaged.Message));
        }
    }

    private RulePack CheckingRules()
    {
        try
        {
            return RulePackCatalog.Load(files.Hub.RulePack, bandsToo: true).Rules;
        }
        catch (RulePackException problem)
        {
            throw CommandFailure.BadUsage(problem.Message);
        }
    }

    private SiteLedger Open() => SiteLedger.Open(files.Hub.DataDirectory, files.Site, time);

    private SiteLedger? Recorded()
    {
        lock (_gate)
        {
            return _ledger ??= SiteLedger.Exists(files.Hub.DataDirectory, files.Site) ? Guarded(Open) : null;
        }
    }

    /// <summary>The recorded ledger; where nothing is recorded yet, the configuration's file becomes its first event.</summary>
    private SiteLedger ForWriting(string who)
    {
        lock (_gate)
        {
            if (Recorded() is { } known)
            {
                return known;
            }

            SiteLedger fresh = Open();
            if (FromFile() is { Ledger.Entries.Count: > 0 } file)
            {
                LedgerPreview preview = LedgerImporter.Preview(fresh.Read(), Path.GetFileName(files.Hub.Ledger!), file.Bytes, complete: false);
                LedgerImporter.Record(fresh, preview, who, "采用配置所指的台账文件（网页首次变更前）", time);
            }

            return _ledger = fresh;
        }
    }

    private LedgerHistory Virtual() => FromFile() is { } file
        ? new LedgerHistory(files.Site, [new LedgerEvent(0, 0, files.Site, "", "", Path.GetFileName(files.Hub.Ledger!), [.. file.Ledger.Entries.Select(e => new AssetSet(e))], LedgerHistory.NoHash, LedgerHistory.NoHash)])
        : new LedgerHistory(files.Site, []);

    private (string Stamp, DeviceLedger Ledger, byte[] Bytes)? FromFile()
    {
        if (files.Hub.Ledger is not { } path || !File.Exists(path))
        {
            return null;
        }

        FileInfo info = new(path);
        string stamp = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{info.FullName}|{info.Length}|{info.LastWriteTimeUtc:O}")));
        lock (_gate)
        {
            if (_file is { } known && known.Stamp == stamp)
            {
                return known;
            }

            byte[] bytes = File.ReadAllBytes(path);
            LedgerImport import = LedgerImporter.Read(bytes);
            DeviceLedger ledger = import.Ledger ?? throw ApiProblem.Unavailable(new(
                $"台账文件 {path} 有 {import.Problems.Count} 处错误，例如：{import.Problems[0].InChinese()}", $"{path}: {import.Problems[0]} ({import.Problems.Count} problems)"));
            _file = (stamp, ledger, bytes);
            return _file;
        }
    }
}
