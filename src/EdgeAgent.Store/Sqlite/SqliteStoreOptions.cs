namespace EdgeAgent.Store.Sqlite;

/// <summary>Settings of the embedded store.</summary>
/// <param name="Directory">Folder that holds the store file; created when missing.</param>
public sealed record SqliteStoreOptions(string Directory)
{
    public const string FileName = "store.db";

    /// <summary>Months of raw readings and batches to keep; scan accounts are kept for ever. 0 keeps everything.</summary>
    public int RetentionMonths { get; init; } = 24;

    /// <summary>Waits for the disk at each commit (default), so that an acknowledged batch survives a power cut. The edge has
    /// deleted what was acknowledged, so without it a power cut of the hub can lose readings.</summary>
    public bool FullSync { get; init; } = true;

    /// <summary>Opens an existing store for reading beside the process that writes it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Readings that may wait in batches as received before they are folded into chunks. A query decodes those of its range: a million take some 40 ms of CPU.</summary>
    public int TailReadingsMax { get; init; } = 1_000_000;

    /// <summary>How long a batch may wait before it is folded into chunks even when few readings wait.</summary>
    public TimeSpan TailAgeMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Folds and deletes in the background. Tests switch it off and call for it.</summary>
    public bool Maintenance { get; init; } = true;

    public string Path => System.IO.Path.Combine(Directory, FileName);
}
