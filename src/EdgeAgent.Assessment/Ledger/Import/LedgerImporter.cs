using System.Security.Cryptography;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Brings a ledger file (CSV or XLSX) into a site's ledger: look first, then record everything or nothing.</summary>
public static class LedgerImporter
{
    /// <summary>Reads a file of either kind, told apart by its first bytes.</summary>
    public static LedgerImport Read(byte[] file) => WorkbookReader.IsPackage(file) ? LedgerWorkbook.Read(file) : LedgerCsv.Read(file);

    /// <summary>Compares a file with the ledger and records nothing.</summary>
    /// <param name="complete">Whether the file is the whole ledger, so that assets that it does not have are to be taken out.</param>
    /// <param name="rules">The pack by which scenes are checked; null: not checked here.</param>
    public static LedgerPreview Preview(LedgerHistory history, string fileName, byte[] file, bool complete, RulePack? rules = null)
    {
        LedgerImport import = Read(file);
        DeviceLedger ledger = history.Latest;
        string hash = Convert.ToHexStringLower(SHA256.HashData(file));
        if (import.Ledger is not { } read)
        {
            // Everything that is wrong is told at once, in every sheet.
            _ = new PartComparison(ledger, ledger.Entries, import.Parts, complete).Compare();
            return new LedgerPreview(fileName, hash, history.HeadHash, 0, [.. import.Problems, .. import.Parts.Problems], [], [], 0, [], complete);
        }

        AssetComparison assets = AssetComparison.Of(ledger, import);
        string[] missing = [.. ledger.Entries.Where(e => read.Find(e.AssetNo) is null).Select(e => e.AssetNo)];
        LedgerEntry[] after = [.. assets.After, .. complete ? [] : ledger.Entries.Where(e => read.Find(e.AssetNo) is null)];
        IReadOnlyList<PartChange> others = new PartComparison(ledger, after, import.Parts, complete).Compare();
        LedgerPreview preview = new(
            fileName, hash, history.HeadHash, read.Entries.Count, [.. assets.Problems, .. import.Parts.Problems], assets.Adds, assets.Changes, read.Entries.Count - assets.ToRecord.Count, missing, complete)
        {
            Assets = assets.ToRecord,
            Others = others,
            PassedOver = import.Parts.PassedOver,
        };
        return preview.Errors.Count > 0 || others.Count == 0 ? preview : preview with { Errors = Refused(ledger, preview, rules) };
    }

    /// <summary>Records what a preview showed, as one event.</summary>
    /// <exception cref="InvalidOperationException">The preview has errors, or nothing to record.</exception>
    /// <exception cref="LedgerMovedException">Somebody else recorded something since.</exception>
    /// <exception cref="LedgerRefusedException">Something is wrong with it all the same.</exception>
    public static LedgerEvent Record(SiteLedger ledger, LedgerPreview preview, string who, string why, TimeProvider time, RulePack? rules = null)
    {
        if (!preview.CanRecord)
        {
            throw new InvalidOperationException("There is nothing to record, or something against it.");
        }

        DateOnly today = LedgerCalendar.Today(time);
        LedgerPreview stamped = preview with
        {
            Assets = [.. preview.Assets.Select(a => a with { ChangedBy = a.ChangedBy.Length > 0 ? a.ChangedBy : who, ChangedAt = a.ChangedAt ?? today })],
        };
        return ledger.Append([.. ChangesOf(stamped)], who, why, $"import {preview.File} sha256:{preview.FileSha256}", rules, preview.Seen);
    }

    private static IEnumerable<LedgerChange> ChangesOf(LedgerPreview preview) =>
    [
        .. preview.Assets.Select(a => new AssetSet(a)),
        .. preview.RemovesMissing ? preview.Missing.Select(m => new AssetRemoved(m)) : [],
        .. preview.Others.Select(o => o.Change),
    ];

    /// <summary>What the ledger would refuse, by sheet and row: a binding to an asset that nobody has, an overlap, a scene without evidence.</summary>
    private static LedgerProblem[] Refused(DeviceLedger ledger, LedgerPreview preview, RulePack? rules) =>
    [
        .. ChangeCheck.Refusals(ledger, [.. ChangesOf(preview)], "import", "import", rules, hash => ledger.Files.Any(f => f.Sha256 == hash)).Select(refusal =>
        {
            PartChange? of = preview.Others.FirstOrDefault(o => LedgerCell.Show(o.Change.Subject) == refusal.Subject);
            int row = of?.Row ?? preview.Assets.FirstOrDefault(a => LedgerCell.Show(LedgerSubject.Asset(a.AssetNo)) == refusal.Subject)?.Row ?? 0;
            return new LedgerProblem(row, "", of?.Subject ?? refusal.Subject, refusal.Problem, refusal.Expected) { Sheet = of?.Sheet ?? "" };
        }),
    ];
}
