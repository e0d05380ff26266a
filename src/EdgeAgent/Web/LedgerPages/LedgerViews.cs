using System.Text.Json.Serialization;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Web.LedgerPages;

/// <summary>What a ledger page shows around its table.</summary>
/// <param name="Source"><c>events</c>, <c>file</c> until anything was recorded, or <c>none</c>.</param>
/// <param name="Stamp">Names this state; whoever changes something may send it back as <c>seen</c>.</param>
internal sealed record LedgerView(
    string Source, long Sequence, string Stamp, int Assets, IReadOnlyList<LedgerFormField> Fields, IReadOnlyList<AreaView> Areas, IReadOnlyList<ProcessView> Processes,
    IReadOnlyList<StopView> Stops, EnterpriseProfile? Profile, ProjectProfile? Project, IReadOnlyList<string> Industries, IReadOnlyList<string> QualityClasses,
    IReadOnlyList<string> Systems);

/// <param name="Declared">Whether a person declared it; otherwise assets name it.</param>
internal sealed record AreaView(string Workshop, string Line, string Note, bool Declared);

internal sealed record ProcessView(string Name, bool IsKey, string Workshop, string Note, bool Declared);

internal sealed record StopView(string Id, string AssetNo, DateTimeOffset From, DateTimeOffset To, string Reason, DateTimeOffset LoggedAt);

/// <summary>A part of the table of assets.</summary>
internal sealed record AssetPage(int Total, int Offset, IReadOnlyList<AssetRow> Items, string Stamp, DateTimeOffset AsOf);

/// <summary>One asset of the table.</summary>
/// <param name="Fields">By the keys of the ledger's fields; empty ones are left out.</param>
/// <param name="Devices">Devices bound to it by a person, now.</param>
internal sealed record AssetRow(IReadOnlyDictionary<string, string> Fields, int Files, IReadOnlyList<string> Devices);

/// <summary>One asset with everything that was recorded about it.</summary>
internal sealed record AssetView(
    IReadOnlyDictionary<string, string> Fields, string Stamp, IReadOnlyList<FileView> Files, IReadOnlyList<BindingView> Bindings, IReadOnlyList<StopView> Stops,
    IReadOnlyList<ChangeView> History);

internal sealed record FileView(string Sha256, string Name, string Kind, long Bytes, string Subject);

internal sealed record BindingView(string Agent, string Device, string AssetNo, DateTimeOffset From, DateTimeOffset? To, string Note);

/// <summary>One change in words.</summary>
internal sealed record ChangeView(long Sequence, DateTimeOffset At, string Who, string Why, string Origin, string Subject, string What, IReadOnlyList<FieldChange> Fields, string Hash);

internal sealed record ChangePage(int Total, int Offset, IReadOnlyList<ChangeView> Items);

/// <summary>Which device speaks for which asset, and which for none.</summary>
internal sealed record BindingsView(IReadOnlyList<BindingView> Bindings, IReadOnlyList<DeviceView> Devices);

/// <summary>A device that an agent's configuration names.</summary>
/// <param name="Configured">The asset that the agent's configuration binds it to; empty when it names none.</param>
/// <param name="Bound">The asset that it speaks for now, by a person's decision or else by the configuration; empty when none.</param>
/// <param name="InLedger">Whether that asset is in the ledger.</param>
/// <param name="Class">What a person classified it as, when it is no asset.</param>
internal sealed record DeviceView(string Agent, string Device, string Driver, string Address, string Configured, string Bound, bool InLedger, string Class);

/// <summary>The event that a change became.</summary>
internal sealed record Recorded(long Sequence, string Stamp, string? Id = null);

/// <summary>An uploaded file that is kept and attached.</summary>
internal sealed record KeptFile(string Sha256, string Name, string Kind, long Bytes, string MediaType, string Subject, long Sequence, string Stamp);

/// <summary>What an import would do; nothing of it is recorded.</summary>
/// <param name="PassedOver">Sheets that are no part of a ledger and were not read.</param>
internal sealed record ImportView(
    string Id, string File, string Sha256, int Rows, bool CanCommit, IReadOnlyList<ImportError> Errors, IReadOnlyList<AssetChange> Adds, IReadOnlyList<AssetChange> Changes,
    IReadOnlyList<OtherChange> Others, IReadOnlyList<string> PassedOver, int Unchanged, IReadOnlyList<string> Missing, bool RemovesMissing, DateTimeOffset ExpiresAt);

/// <summary>A change beside the assets: an area, a process, a binding, a stop, a scene, the name of a file.</summary>
/// <param name="Row">Row of its sheet; 0 for what the file does not have any more.</param>
/// <param name="Kind"><c>add</c>, <c>change</c> or <c>remove</c>.</param>
internal sealed record OtherChange(string Sheet, int Row, string Subject, string Kind, string What);

/// <param name="Sheet">Sheet of a workbook that has several; empty otherwise.</param>
/// <param name="Row">Row as the spreadsheet numbers it; 0 for the file as such.</param>
internal sealed record ImportError(string Sheet, int Row, string Column, string Value, BilingualText Problem, BilingualText Expected);

/// <summary>An edit of one asset.</summary>
/// <param name="Fields">What changes, by the keys of the ledger's fields.</param>
/// <param name="Seen">The stamp of what was looked at; left out: whatever is there.</param>
internal sealed record AssetEdit(IReadOnlyDictionary<string, string> Fields, string Reason, string? Seen = null);

/// <param name="AssetNo">Empty for the whole site.</param>
internal sealed record StopEdit(string AssetNo, DateTimeOffset From, DateTimeOffset To, string Reason);

/// <param name="AssetNo">Empty: the device is none of the ledger's.</param>
/// <param name="From">Since when; now when left out.</param>
internal sealed record BindingEdit(string Agent, string Device, string AssetNo, string Reason, DateTimeOffset? From = null, string Note = "");

internal sealed record BindingEnd(string Agent, string Device, string Reason, DateTimeOffset? At = null);

internal sealed record SourceEdit(string Agent, string Device, string Class, string Reason);

internal sealed record AreaEdit(string Workshop, string Reason, string Line = "", string Note = "");

internal sealed record ProcessEdit(string Name, string Reason, bool IsKey = false, string Workshop = "", string Note = "");

internal sealed record ProfileEdit(EnterpriseProfile Profile, string Reason);

internal sealed record ProjectEdit(ProjectProfile Project, string Reason);

internal sealed record ReasonBody(string Reason);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LedgerView))]
[JsonSerializable(typeof(AssetPage))]
[JsonSerializable(typeof(AssetView))]
[JsonSerializable(typeof(ChangePage))]
[JsonSerializable(typeof(BindingsView))]
[JsonSerializable(typeof(Recorded))]
[JsonSerializable(typeof(KeptFile))]
[JsonSerializable(typeof(ImportView))]
[JsonSerializable(typeof(AssetEdit))]
[JsonSerializable(typeof(StopEdit))]
[JsonSerializable(typeof(BindingEdit))]
[JsonSerializable(typeof(BindingEnd))]
[JsonSerializable(typeof(SourceEdit))]
[JsonSerializable(typeof(AreaEdit))]
[JsonSerializable(typeof(ProcessEdit))]
[JsonSerializable(typeof(ProfileEdit))]
[JsonSerializable(typeof(ProjectEdit))]
[JsonSerializable(typeof(ReasonBody))]
internal sealed partial class LedgerPagesJson : JsonSerializerContext;
