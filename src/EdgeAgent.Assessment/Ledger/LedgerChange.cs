using System.Text.Json.Serialization;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>One thing that an event sets or removes: the state after it. What was before follows from the events before.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(AssetSet), "asset")]
[JsonDerivedType(typeof(AssetRemoved), "assetRemoved")]
[JsonDerivedType(typeof(AreaSet), "area")]
[JsonDerivedType(typeof(AreaRemoved), "areaRemoved")]
[JsonDerivedType(typeof(ProcessSet), "process")]
[JsonDerivedType(typeof(ProcessRemoved), "processRemoved")]
[JsonDerivedType(typeof(BindingSet), "binding")]
[JsonDerivedType(typeof(SceneSet), "scene")]
[JsonDerivedType(typeof(AnswerSet), "answer")]
[JsonDerivedType(typeof(AnswerRemoved), "answerRemoved")]
[JsonDerivedType(typeof(ProfileSet), "profile")]
[JsonDerivedType(typeof(ProjectSet), "project")]
[JsonDerivedType(typeof(StopSet), "stop")]
[JsonDerivedType(typeof(StopWithdrawn), "stopWithdrawn")]
[JsonDerivedType(typeof(FileAttached), "file")]
[JsonDerivedType(typeof(RuleSet), "rule")]
[JsonDerivedType(typeof(SourceClassified), "source")]
[JsonDerivedType(typeof(DataUseSet), "dataUse")]
public abstract record LedgerChange
{
    /// <summary>What it is about; see <see cref="LedgerSubject"/>.</summary>
    [JsonIgnore]
    public string Subject => About();

    private protected abstract string About();
}

/// <summary>An asset was added or changed.</summary>
public sealed record AssetSet(LedgerEntry Asset) : LedgerChange
{
    private protected override string About() => LedgerSubject.Asset(Asset.AssetNo);
}

/// <summary>An asset was taken out of the ledger, which is not the same as retired: it shrinks N without a trace but this one.</summary>
public sealed record AssetRemoved(string AssetNo) : LedgerChange
{
    private protected override string About() => LedgerSubject.Asset(AssetNo);
}

/// <summary>An area was added or changed.</summary>
public sealed record AreaSet(PlantArea Area) : LedgerChange
{
    private protected override string About() => LedgerSubject.Area(Area.Key);
}

/// <summary>An area was removed.</summary>
public sealed record AreaRemoved(string Key) : LedgerChange
{
    private protected override string About() => LedgerSubject.Area(Key);
}

/// <summary>A process was added or changed.</summary>
public sealed record ProcessSet(PlantProcess Process) : LedgerChange
{
    private protected override string About() => LedgerSubject.Process(Process.Name);
}

/// <summary>A process was removed.</summary>
public sealed record ProcessRemoved(string Name) : LedgerChange
{
    private protected override string About() => LedgerSubject.Process(Name);
}

/// <summary>A device was bound to an asset, or the binding ended.</summary>
public sealed record BindingSet(DeviceBinding Binding) : LedgerChange
{
    private protected override string About() => LedgerSubject.Binding(Binding.Key);
}

/// <summary>The level of a scene was typed.</summary>
public sealed record SceneSet(SceneLevel Scene) : LedgerChange
{
    private protected override string About() => LedgerSubject.Scene(Scene.Scene);
}

/// <summary>An item was answered.</summary>
public sealed record AnswerSet(TypedAnswer Answer) : LedgerChange
{
    private protected override string About() => LedgerSubject.Item(Answer.Item);
}

/// <summary>An answer was withdrawn.</summary>
public sealed record AnswerRemoved(int Item) : LedgerChange
{
    private protected override string About() => LedgerSubject.Item(Item);
}

/// <summary>The enterprise's facts were typed.</summary>
public sealed record ProfileSet(EnterpriseProfile Profile) : LedgerChange
{
    private protected override string About() => LedgerSubject.Profile;
}

/// <summary>The project's facts were typed.</summary>
public sealed record ProjectSet(ProjectProfile Project) : LedgerChange
{
    private protected override string About() => LedgerSubject.Project;
}

/// <summary>A stop was declared.</summary>
public sealed record StopSet(DeclaredStop Stop) : LedgerChange
{
    private protected override string About() => LedgerSubject.Stop(Stop.Id);
}

/// <summary>A declared stop was withdrawn.</summary>
public sealed record StopWithdrawn(string Id) : LedgerChange
{
    private protected override string About() => LedgerSubject.Stop(Id);
}

/// <summary>A file was attached.</summary>
public sealed record FileAttached(AttachedFile File) : LedgerChange
{
    private protected override string About() => File.Subject;
}

/// <summary>A number or switch of the rule pack was overridden for this site, or the override was lifted.</summary>
public sealed record RuleSet(RuleOverride Rule) : LedgerChange
{
    private protected override string About() => LedgerSubject.Rule(Rule.Path);
}

/// <summary>A source without asset was classified.</summary>
public sealed record SourceClassified(SourceClassification Source) : LedgerChange
{
    private protected override string About() => LedgerSubject.Source(Source.Agent, Source.Device);
}

/// <summary>What data is for and who uses it was typed.</summary>
public sealed record DataUseSet(DataUse Use) : LedgerChange
{
    private protected override string About() => LedgerSubject.Source(Use.Agent, Use.Device);
}
