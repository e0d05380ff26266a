namespace EdgeAgent.Assessment.Ledger;

/// <summary>What importing a file would do: shown to a person before anything is recorded, and recorded as it was shown or not at all.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="FileSha256">Of its bytes.</param>
/// <param name="Seen">Newest event when the file was compared; another one at the time of recording refuses it.</param>
/// <param name="Rows">Assets in the file.</param>
/// <param name="Errors">Everything that keeps the file from being imported, by row.</param>
/// <param name="Adds">Assets that are new.</param>
/// <param name="Changes">Assets that differ, with each field before and after.</param>
/// <param name="Unchanged">Assets that are as in the file.</param>
/// <param name="Missing">Assets of the ledger that the file does not have.</param>
/// <param name="RemovesMissing">Whether these are taken out; they stay otherwise.</param>
public sealed record LedgerPreview(
    string File,
    string FileSha256,
    string Seen,
    int Rows,
    IReadOnlyList<LedgerProblem> Errors,
    IReadOnlyList<AssetChange> Adds,
    IReadOnlyList<AssetChange> Changes,
    int Unchanged,
    IReadOnlyList<string> Missing,
    bool RemovesMissing)
{
    /// <summary>Whether there is anything to record, and nothing against it.</summary>
    public bool CanRecord => Errors.Count == 0 && Adds.Count + Changes.Count + Others.Count + (RemovesMissing ? Missing.Count : 0) > 0;

    /// <summary>What changes beside the assets: areas, processes, bindings, stops, scenes, names of files.</summary>
    public IReadOnlyList<PartChange> Others { get; init; } = [];

    /// <summary>Sheets that are no part of a ledger and were not read.</summary>
    public IReadOnlyList<string> PassedOver { get; init; } = [];

    /// <summary>The assets to record, by row.</summary>
    internal IReadOnlyList<LedgerEntry> Assets { get; init; } = [];
}

/// <summary>An asset that an import adds or changes.</summary>
/// <param name="Row">Row of the file.</param>
public sealed record AssetChange(int Row, string AssetNo, string Name, IReadOnlyList<FieldChange> Fields);

/// <summary>A field before and after.</summary>
/// <param name="Field">Its header in a ledger file.</param>
public sealed record FieldChange(string Field, string Before, string After);
