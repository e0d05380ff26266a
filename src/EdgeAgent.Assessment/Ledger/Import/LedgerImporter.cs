using System.Security.Cryptography;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Assessment.Spreadsheets;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Brings a ledger file (CSV or XLSX) into a site's ledger: look first, then record everything or nothing.</summary>
public static class LedgerImporter
{
    /// <summary>Reads a file of either kind, told apart by its first bytes.</summary>
    public static LedgerImport Read(byte[] file) => WorkbookReader.IsPackage(file) ? LedgerWorkbook.Read(file) : LedgerCsv.Read(file);

    /// <summary>Compares a file with the ledger and records nothing.</summary>
    /// <param name="complete">Whether the file is the whole ledger, so that assets that it does not have are to be taken out.</param>
    public static LedgerPreview Preview(LedgerHistory history, string fileName, byte[] file, bool complete)
    {
        LedgerImport import = Read(file);
        DeviceLedger ledger = history.Latest;
        string hash = Convert.ToHexStringLower(SHA256.HashData(file));
        if (import.Ledger is not { } read)
        {
            return new LedgerPreview(fileName, hash, history.HeadHash, 0, import.Problems, [], [], 0, [], complete);
        }

        List<AssetChange> adds = [];
        List<AssetChange> changes = [];
        List<LedgerEntry> assets = [];
        List<LedgerProblem> errors = [];
        foreach (LedgerEntry row in read.Entries)
        {
            LedgerEntry? known = ledger.Find(row.AssetNo);
            LedgerEntry asset = known is null ? row : LedgerFields.Laid(known, row, import.Fields);
            if (asset.RetireDate < asset.CommissionDate)
            {
                errors.Add(new LedgerProblem(row.Row, "退役日期", $"{asset.RetireDate:yyyy-MM-dd}", "is before the asset was in service, by what the ledger has already", "a commissioning before it"));
            }

            IReadOnlyList<FieldChange> differences = known is null ? [] : LedgerFields.Differences(known, asset);
            if (known is null)
            {
                adds.Add(new AssetChange(row.Row, asset.AssetNo, asset.Name, []));
            }
            else if (differences.Count > 0)
            {
                changes.Add(new AssetChange(row.Row, asset.AssetNo, asset.Name, differences));
            }
            else
            {
                continue;
            }

            assets.Add(asset);
        }

        string[] missing = [.. ledger.Entries.Where(e => read.Find(e.AssetNo) is null).Select(e => e.AssetNo)];
        int unchanged = read.Entries.Count - assets.Count;
        return new LedgerPreview(fileName, hash, history.HeadHash, read.Entries.Count, errors, adds, changes, unchanged, missing, complete) { Assets = assets };
    }

    /// <summary>Records what a preview showed, as one event.</summary>
    /// <exception cref="InvalidOperationException">The preview has errors, or nothing to record.</exception>
    /// <exception cref="LedgerMovedException">Somebody else recorded something since.</exception>
    /// <exception cref="LedgerRefusedException">Something is wrong with it all the same.</exception>
    public static LedgerEvent Record(SiteLedger ledger, LedgerPreview preview, string who, string why, TimeProvider time)
    {
        if (!preview.CanRecord)
        {
            throw new InvalidOperationException("There is nothing to record, or something against it.");
        }

        DateOnly today = LedgerCalendar.Today(time);
        IEnumerable<LedgerChange> changes = preview.Assets.Select(a => new AssetSet(a with
        {
            ChangedBy = a.ChangedBy.Length > 0 ? a.ChangedBy : who,
            ChangedAt = a.ChangedAt ?? today,
        }));
        IEnumerable<LedgerChange> removals = preview.RemovesMissing ? preview.Missing.Select(m => new AssetRemoved(m)) : [];
        return ledger.Append([.. changes, .. removals], who, why, $"import {preview.File} sha256:{preview.FileSha256}", seen: preview.Seen);
    }
}
