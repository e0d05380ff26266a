namespace EdgeAgent.Assessment.Ledger;

/// <summary>The device ledger: every asset of an enterprise, so that a rate has a denominator.</summary>
public sealed class DeviceLedger
{
    private readonly Dictionary<string, LedgerEntry> _byAssetNo;

    /// <param name="entries">The assets; their numbers differ in more than letter case.</param>
    /// <param name="sha256">SHA-256 of the file in lower-case hexadecimal, printed on every report.</param>
    /// <exception cref="ArgumentException">Two entries have the same asset number.</exception>
    public DeviceLedger(IReadOnlyList<LedgerEntry> entries, string sha256)
    {
        Entries = entries;
        Sha256 = sha256;
        _byAssetNo = new Dictionary<string, LedgerEntry>(entries.Count, StringComparer.OrdinalIgnoreCase);
        foreach (LedgerEntry entry in entries)
        {
            if (!_byAssetNo.TryAdd(entry.AssetNo, entry))
            {
                throw new ArgumentException($"Asset number '{entry.AssetNo}' appears twice.", nameof(entries));
            }
        }
    }

    public IReadOnlyList<LedgerEntry> Entries { get; }

    public string Sha256 { get; }

    /// <summary>The asset of that number, letter case aside, or null.</summary>
    public LedgerEntry? Find(string assetNo) => _byAssetNo.GetValueOrDefault(assetNo);
}
