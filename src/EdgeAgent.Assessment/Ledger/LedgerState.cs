using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>What a ledger comes to when events are applied one after the other.</summary>
internal sealed class LedgerState
{
    private readonly Dictionary<string, PlantArea> _areas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlantProcess> _processes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeviceBinding> _bindings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SceneLevel> _scenes = new(StringComparer.Ordinal);
    private readonly Dictionary<int, TypedAnswer> _answers = [];
    private readonly Dictionary<string, DeclaredStop> _stops = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Subject, string Sha256), AttachedFile> _files = [];
    private readonly Dictionary<string, RuleOverride> _overrides = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), SourceClassification> _classifications = [];
    private readonly Dictionary<(string, string), DataUse> _uses = [];
    private EnterpriseProfile? _profile;
    private ProjectProfile? _project;
    private long _sequence;
    private string _hash = LedgerHistory.NoHash;

    /// <summary>By number, letter case aside.</summary>
    public Dictionary<string, LedgerEntry> Assets { get; } = new(StringComparer.OrdinalIgnoreCase);

    public void Apply(LedgerEvent happened)
    {
        foreach (LedgerChange change in happened.Changes)
        {
            Apply(change, happened);
        }

        _sequence = happened.Sequence;
        _hash = happened.Hash;
    }

    public DeviceLedger ToLedger() => new([.. Assets.Values.OrderBy(a => a.AssetNo, StringComparer.Ordinal)], _hash)
    {
        EventSequence = _sequence,
        DeclaredAreas = Sorted(_areas.Values, a => a.Key),
        DeclaredProcesses = Sorted(_processes.Values, p => p.Name),
        Bindings = [.. _bindings.Values.OrderBy(b => b.Agent, StringComparer.Ordinal).ThenBy(b => b.Device, StringComparer.Ordinal).ThenBy(b => b.FromTicks)],
        Stops = Sorted(_stops.Values, s => s.Id),
        Answers = new AnswerSheet(_answers.Values, _scenes.Values),
        Profile = _profile,
        Project = _project,
        Files = [.. _files.Values.OrderBy(f => f.Subject, StringComparer.Ordinal).ThenBy(f => f.Name, StringComparer.Ordinal).ThenBy(f => f.Sha256, StringComparer.Ordinal)],
        Overrides = Sorted(_overrides.Values, o => o.Path),
        Classifications = [.. _classifications.Values.OrderBy(c => c.Agent, StringComparer.Ordinal).ThenBy(c => c.Device, StringComparer.Ordinal)],
        DataUses = [.. _uses.Values.OrderBy(u => u.Agent, StringComparer.Ordinal).ThenBy(u => u.Device, StringComparer.Ordinal)],
    };

    private static IReadOnlyList<T> Sorted<T>(IEnumerable<T> items, Func<T, string> key) => [.. items.OrderBy(key, StringComparer.Ordinal)];

    private void Apply(LedgerChange change, LedgerEvent happened)
    {
        switch (change)
        {
            case AssetSet set: Assets[set.Asset.AssetNo] = set.Asset; break;
            case AssetRemoved removed: Assets.Remove(removed.AssetNo); break;
            case AreaSet set: _areas[set.Area.Key] = set.Area; break;
            case AreaRemoved removed: _areas.Remove(removed.Key); break;
            case ProcessSet set: _processes[set.Process.Name] = set.Process; break;
            case ProcessRemoved removed: _processes.Remove(removed.Name); break;
            case BindingSet set: _bindings[set.Binding.Key] = set.Binding; break;
            case SceneSet set: _scenes[set.Scene.Scene] = set.Scene; break;
            case AnswerSet set: _answers[set.Answer.Item] = set.Answer; break;
            case AnswerRemoved removed: _answers.Remove(removed.Item); break;
            case ProfileSet set: _profile = set.Profile; break;
            case ProjectSet set: _project = set.Project; break;
            case StopSet set: _stops[set.Stop.Id] = set.Stop with { LoggedAtTicks = happened.AtTicks }; break;
            case StopWithdrawn withdrawn: _stops.Remove(withdrawn.Id); break;
            case FileAttached attached: _files[(attached.File.Subject, attached.File.Sha256)] = attached.File; break;
            case RuleSet { Rule.Value.Length: 0 } lifted: _overrides.Remove(lifted.Rule.Path); break;
            case RuleSet set: _overrides[set.Rule.Path] = set.Rule with { Who = happened.Who, Why = happened.Why, AtTicks = happened.AtTicks }; break;
            case SourceClassified classified: _classifications[(classified.Source.Agent, classified.Source.Device)] = classified.Source; break;
            case DataUseSet set: _uses[(set.Use.Agent, set.Use.Device)] = set.Use; break;
            default: throw new InvalidOperationException($"A ledger does not know how to apply {change.GetType().Name}.");
        }
    }
}
