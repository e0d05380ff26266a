using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Says everything that keeps changes from being recorded.</summary>
internal sealed class ChangeCheck
{
    private const int TextMax = 200;
    private const int NoteMax = 2000;
    private const int LevelMax = 4;

    private readonly DeviceLedger _ledger;
    private readonly RulePack? _rules;
    private readonly Func<string, bool> _hasFile;
    private readonly List<LedgerRefusal> _refusals = [];
    private readonly HashSet<string> _added;
    private readonly HashSet<string> _removed = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<DeviceBinding> _bindings = [];

    private ChangeCheck(DeviceLedger ledger, RulePack? rules, Func<string, bool> hasFile, IReadOnlyList<LedgerChange> changes)
    {
        _ledger = ledger;
        _rules = rules;
        _hasFile = hasFile;
        _added = changes.OfType<AssetSet>().Select(c => c.Asset.AssetNo).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _removed.UnionWith(changes.OfType<AssetRemoved>().Select(c => c.AssetNo));
        _bindings.AddRange(ledger.Bindings);
    }

    /// <param name="rules">The pack by which answers, scenes and the project are checked too; null: not.</param>
    /// <param name="hasFile">Whether the folder of files holds a hash.</param>
    public static IReadOnlyList<LedgerRefusal> Refusals(
        DeviceLedger ledger, IReadOnlyList<LedgerChange> changes, string who, string why, RulePack? rules, Func<string, bool> hasFile)
    {
        ChangeCheck check = new(ledger, rules, hasFile, changes);
        check.Text("event", who, "who did it", TextMax);
        check.Text("event", why, "why it was done", NoteMax);
        if (changes.Count == 0)
        {
            check.Refuse("event", "changes nothing", "one change at least");
        }

        foreach (LedgerChange change in changes)
        {
            check.Check(change);
        }

        return check._refusals;
    }

    private void Check(LedgerChange change)
    {
        string subject = change.Subject;
        switch (change)
        {
            case AssetSet set: CheckAsset(subject, set.Asset); break;
            case AssetRemoved removed: Must(subject, _ledger.Find(removed.AssetNo) is not null, "is not in the ledger", "an asset of the ledger"); break;
            case AreaSet set: Text(subject, set.Area.Key, "a workshop or a line", TextMax); break;
            case AreaRemoved removed: Must(subject, _ledger.DeclaredAreas.Any(a => a.Key == removed.Key), "was not declared", "a declared area"); break;
            case ProcessSet set: Text(subject, set.Process.Name, "a name", TextMax); break;
            case ProcessRemoved removed: Must(subject, _ledger.DeclaredProcesses.Any(p => p.Name == removed.Name), "was not declared", "a declared process"); break;
            case BindingSet set: CheckBinding(subject, set.Binding); break;
            case SceneSet set: CheckScene(subject, set.Scene); break;
            case AnswerSet set: CheckAnswer(subject, set.Answer); break;
            case AnswerRemoved removed: Must(subject, _ledger.Answers.Find(removed.Item) is not null, "was not answered", "an answered item"); break;
            case ProfileSet set: CheckProfile(subject, set.Profile); break;
            case ProjectSet set: _refusals.AddRange(ProjectCheck.Refusals(subject, set.Project, _rules, IsAsset)); break;
            case StopSet set: CheckStop(subject, set.Stop); break;
            case StopWithdrawn withdrawn: Must(subject, _ledger.Stops.Any(s => s.Id == withdrawn.Id), "was not declared", "a declared stop"); break;
            case FileAttached attached: CheckFile(subject, attached.File); break;
            case SourceClassified classified: Text(subject, classified.Source.Class, "what the source is", TextMax); break;
            case DataUseSet set: Text(subject, set.Use.Agent, "an agent", TextMax); break;
            case RuleSet set: Must(subject, set.Rule.Path.StartsWith("$.", StringComparison.Ordinal), "is no place in a rule pack", "a path such as $.minCoverage"); break;
        }
    }

    private void CheckAsset(string subject, LedgerEntry asset)
    {
        Text(subject, asset.AssetNo, "an asset number", LedgerColumn.All[(int)LedgerField.AssetNo].LengthMax);
        Text(subject, asset.Name, "a name", TextMax);
        Must(subject, asset.RetireDate is not { } retired || retired >= asset.CommissionDate, "retires before it was in service", "a day after the commissioning, or nothing");
    }

    private void CheckBinding(string subject, DeviceBinding binding)
    {
        Text(subject, binding.Agent, "an agent", TextMax);
        Text(subject, binding.Device, "a device", TextMax);
        Must(subject, binding.AssetNo.Length == 0 || IsAsset(binding.AssetNo), $"asset '{LedgerCell.Show(binding.AssetNo)}' is not in the ledger", "an asset of the ledger, or nothing");
        Must(subject, binding.ToTicks is not { } to || to > binding.FromTicks, "ends before it begins", "an end after the beginning");
        DeviceBinding? other = _bindings.FirstOrDefault(b =>
            b.Agent == binding.Agent && b.Device == binding.Device && b.Key != binding.Key
            && b.FromTicks < (binding.ToTicks ?? long.MaxValue) && binding.FromTicks < (b.ToTicks ?? long.MaxValue));
        Must(subject, other is null, $"overlaps the binding to '{other?.AssetNo}' from {InstantJson.Text(other?.FromTicks ?? 0)}", "one binding at a time; end that one first");
        _bindings.RemoveAll(b => b.Key == binding.Key);
        _bindings.Add(binding);
    }

    private void CheckScene(string subject, SceneLevel scene)
    {
        Must(subject, _rules is null || _rules.FindScene(scene.Scene) is not null, "is no scene of the rule pack", _rules is null ? "" : string.Join(", ", _rules.Scenes.Select(s => s.Name)));
        Must(subject, scene.Level is >= 0 and <= LevelMax && scene.LevelBefore is null or (>= 0 and <= LevelMax), $"level {scene.Level}", "0 to 4");
        CheckEvidence(subject, scene.Evidence, needed: scene.Level > 0);
    }

    private void CheckAnswer(string subject, TypedAnswer answer)
    {
        if (_rules is not null)
        {
            _refusals.AddRange(AnswerCheck.Refusals(subject, answer, _rules));
        }

        CheckEvidence(subject, answer.Evidence, needed: answer.Options.Count > 0 && _rules?.FindItem(answer.Item)?.Nothing?.Key is var nothing && answer.Options.Any(o => o != nothing));
    }

    private void CheckEvidence(string subject, IReadOnlyList<EvidenceReference> evidence, bool needed)
    {
        Must(subject, !needed || evidence.Count > 0, "has no evidence", "an entry of the evidence index (佐证材料索引) at least");
        foreach (EvidenceReference reference in evidence)
        {
            Text(subject, reference.Title, "what the evidence is", TextMax);
            Must(subject, reference.Sha256.Length == 0 || _hasFile(reference.Sha256), $"evidence '{LedgerCell.Show(reference.Title)}' names a file that is not attached", "the hash of an attached file");
        }
    }

    private void CheckProfile(string subject, EnterpriseProfile profile)
    {
        Text(subject, profile.Name, "the enterprise's name", TextMax);
        string? wrong = CreditCode.Problem(profile.CreditCode);
        Must(subject, wrong is null, $"统一社会信用代码 '{LedgerCell.Show(profile.CreditCode)}' {wrong}", "the code as on the business licence (营业执照)");
        OneOf(subject, "所属细分行业", profile.Industry, _rules?.Project?.Industries ?? []);
        OneOf(subject, "优质中小企业情况", profile.QualityClass, _rules?.Project?.QualityClasses ?? []);
    }

    private void CheckStop(string subject, DeclaredStop stop)
    {
        Text(subject, stop.Id, "an id", TextMax);
        Text(subject, stop.Reason, "a reason", NoteMax);
        Must(subject, stop.ToTicks > stop.FromTicks, "ends before it begins", "an end after the beginning");
        Must(subject, stop.AssetNo.Length == 0 || IsAsset(stop.AssetNo), $"asset '{LedgerCell.Show(stop.AssetNo)}' is not in the ledger", "an asset of the ledger, or nothing for all");
    }

    private void CheckFile(string subject, AttachedFile file)
    {
        Must(subject, LedgerSubject.IsAttachable(subject), "cannot have files", "asset:NUMBER, item:NUMBER, scene:NAME, area:KEY, process:NAME, stop:ID, profile or project");
        Must(subject, _hasFile(file.Sha256), "the file was not stored", "a file that is in the folder of files");
        Text(subject, file.Name, "a file name", TextMax);
        Must(subject, !subject.StartsWith("asset:", StringComparison.Ordinal) || IsAsset(subject["asset:".Length..]), "is not in the ledger", "an asset of the ledger");
    }

    private bool IsAsset(string assetNo) => _added.Contains(assetNo) || (_ledger.Find(assetNo) is not null && !_removed.Contains(assetNo));

    private void OneOf(string subject, string field, string value, IReadOnlyList<string> allowed) =>
        Must(subject, value.Length == 0 || allowed.Count == 0 || allowed.Contains(value), $"{field} '{LedgerCell.Show(value)}'", string.Join(", ", allowed));

    private void Text(string subject, string text, string what, int max)
    {
        Must(subject, !string.IsNullOrWhiteSpace(text), "is empty", what);
        Must(subject, text.Length <= max, $"has {text.Length} characters", $"at most {max} for {what}");
        Must(subject, !LedgerCell.HasControl(text, lineBreaks: max == NoteMax), "contains a control character", "printable text");
    }

    private void Must(string subject, bool holds, string problem, string expected)
    {
        if (!holds)
        {
            Refuse(subject, problem, expected);
        }
    }

    private void Refuse(string subject, string problem, string expected) => _refusals.Add(new LedgerRefusal(LedgerCell.Show(subject), problem, expected));
}
