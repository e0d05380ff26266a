namespace EdgeAgent.Assessment.Ledger;

/// <summary>The assets of a file beside those of the ledger.</summary>
/// <param name="After">The file's assets as they are once they are laid over what is known.</param>
/// <param name="ToRecord">Those of them that are new or differ, by row.</param>
/// <param name="Problems">What only the ledger contradicts.</param>
internal sealed record AssetComparison(
    IReadOnlyList<LedgerEntry> After, IReadOnlyList<LedgerEntry> ToRecord, IReadOnlyList<AssetChange> Adds, IReadOnlyList<AssetChange> Changes, IReadOnlyList<LedgerProblem> Problems)
{
    /// <param name="import">A file that was read without problems.</param>
    public static AssetComparison Of(DeviceLedger ledger, LedgerImport import)
    {
        List<LedgerEntry> after = [], toRecord = [];
        List<AssetChange> adds = [], changes = [];
        List<LedgerProblem> problems = [];
        foreach (LedgerEntry row in import.Ledger!.Entries)
        {
            LedgerEntry? known = ledger.Find(row.AssetNo);
            LedgerEntry asset = known is null ? row : LedgerFields.Laid(known, row, import.Fields);
            after.Add(asset);
            if (asset.RetireDate < asset.CommissionDate)
            {
                problems.Add(new LedgerProblem(row.Row, "退役日期", $"{asset.RetireDate:yyyy-MM-dd}", "is before the asset was in service, by what the ledger has already", "a commissioning before it"));
            }

            IReadOnlyList<FieldChange> differences = known is null ? [] : LedgerFields.Differences(known, asset);
            if (known is not null && differences.Count == 0)
            {
                continue;
            }

            (known is null ? adds : changes).Add(new AssetChange(row.Row, asset.AssetNo, asset.Name, differences));
            toRecord.Add(asset);
        }

        return new AssetComparison(after, toRecord, adds, changes, problems);
    }
}
