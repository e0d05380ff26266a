namespace EdgeAgent.Assessment.Ledger;

/// <summary>The device ledger at one instant: every asset of an enterprise, so that a rate has a denominator, and what people
/// recorded beside the assets. Immutable.</summary>
/// <remarks>Read from a file, it has assets only. From a <see cref="LedgerHistory"/> it has everything that was recorded until then.</remarks>
public sealed class DeviceLedger
{
    private readonly Dictionary<string, LedgerEntry> _byAssetNo;
    private IReadOnlyList<AttachedFile> _files = [];
    private ILookup<string, AttachedFile>? _filesBySubject;

    /// <param name="entries">The assets; their numbers differ in more than letter case.</param>
    /// <param name="sha256">Hash in lower-case hexadecimal, printed on every report: of the file, or of the newest event that is in.</param>
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

    /// <summary>Sequence of the newest event that is in; 0 for a ledger from a file.</summary>
    public long EventSequence { get; init; }

    /// <summary>Areas that people declared. <see cref="PlantMap"/> adds those that assets stand in.</summary>
    public IReadOnlyList<PlantArea> DeclaredAreas { get; init; } = [];

    /// <summary>Processes that people declared. <see cref="PlantMap"/> adds those that assets name.</summary>
    public IReadOnlyList<PlantProcess> DeclaredProcesses { get; init; } = [];

    public IReadOnlyList<DeviceBinding> Bindings { get; init; } = [];

    public IReadOnlyList<DeclaredStop> Stops { get; init; } = [];

    /// <summary>Typed answers and scene levels.</summary>
    public AnswerSheet Answers { get; init; } = AnswerSheet.Empty;

    public EnterpriseProfile? Profile { get; init; }

    public ProjectProfile? Project { get; init; }

    public IReadOnlyList<AttachedFile> Files
    {
        get => _files;
        init => (_files, _filesBySubject) = (value, value.ToLookup(f => f.Subject, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Overrides of the rule pack that are in force for this site.</summary>
    public IReadOnlyList<RulePacks.RuleOverride> Overrides { get; init; } = [];

    public IReadOnlyList<SourceClassification> Classifications { get; init; } = [];

    /// <summary>What collected data is for, where people typed it.</summary>
    public IReadOnlyList<DataUse> DataUses { get; init; } = [];

    /// <summary>The asset of that number, letter case aside, or null.</summary>
    public LedgerEntry? Find(string assetNo) => _byAssetNo.GetValueOrDefault(assetNo);

    /// <summary>Photos and documents attached to a subject; see <see cref="LedgerSubject"/>.</summary>
    public IEnumerable<AttachedFile> FilesOf(string subject) => _filesBySubject is null ? [] : _filesBySubject[subject];

    /// <summary>Whether anything proves what the ledger says of the asset: a named document or an attached file.</summary>
    public bool HasEvidence(LedgerEntry entry) => entry.Evidence.Count > 0 || FilesOf(LedgerSubject.Asset(entry.AssetNo)).Any();

    /// <summary>The asset that a person bound an agent's device to at an instant; null when nobody did.</summary>
    public DeviceBinding? FindBinding(string agent, string device, long ticks) =>
        Bindings.LastOrDefault(b => b.Agent == agent && b.Device == device && b.Holds(ticks));
}
