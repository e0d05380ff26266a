using System.Text.Json;
using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Web.Engineering;

/// <summary>A tag table for an editor.</summary>
/// <param name="Encoding">In which the file is kept: utf8Mark, utf8, gb18030, utf16 or utf16BigEndian.</param>
/// <param name="CommentLines">Comments that are lost when the table is written.</param>
/// <param name="Editable">Whether it lies where the program writes; else it is shown only.</param>
internal sealed record SheetView(
    string File, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string Encoding, IReadOnlyList<int> CommentLines, bool Editable);

/// <summary>A configuration with its tables, passwords replaced by marks.</summary>
/// <param name="Path">Where it is kept.</param>
/// <param name="Hash">What a change names as what it was made from.</param>
/// <param name="Text">The file with its comments.</param>
/// <param name="Config">The same as data; null when the text is no JSON.</param>
/// <param name="Writable">Null, or why nothing can be applied here.</param>
/// <param name="Devices">What became of the devices after the last change; null before the first.</param>
internal sealed record ConfigView(
    string Path, string Hash, string Text, JsonElement? Config, IReadOnlyList<SheetView> Tables, string? NotWritable, DeviceVerdict? Devices);

/// <summary>A table of a draft.</summary>
internal sealed record DraftTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>A configuration that somebody is working on: as text, or as data that is merged into the text that runs.</summary>
/// <param name="Base">Hash of what it was made from.</param>
/// <param name="Text">The file; null when <paramref name="Config"/> says it.</param>
/// <param name="Config">The file as data; what did not change keeps its place and comments.</param>
/// <param name="Tables">Tables that were edited, by path; the others stay.</param>
internal sealed record Draft(string? Base, string? Text, JsonElement? Config, IReadOnlyDictionary<string, DraftTable>? Tables);

/// <summary>An error or a warning of a configuration.</summary>
/// <param name="File">The configuration file, a table or a template.</param>
/// <param name="Path">JSON path, or line and column of a table.</param>
/// <param name="Line">From 1; 0 when unknown.</param>
/// <param name="Row">Row of a table from 0; null elsewhere.</param>
/// <param name="Column">Column of a table from 0; null elsewhere.</param>
internal sealed record ProblemView(string File, string Path, int Line, int? Row, int? Column, string Problem, string Expected, string TryNext);

/// <summary>A comment that a change takes away.</summary>
internal sealed record LostComment(string File, int Line, string Text);

/// <summary>What a draft comes to.</summary>
/// <param name="Ok">Whether it can be applied.</param>
/// <param name="Text">The file as it would be written, passwords replaced by marks.</param>
/// <param name="Summary">What is in it; null with errors.</param>
internal sealed record CheckView(
    bool Ok, IReadOnlyList<ProblemView> Errors, int ErrorsTotal, IReadOnlyList<ProblemView> Warnings, IReadOnlyList<LostComment> LostComments, string Text, string? Summary);

/// <param name="Zh">The change in a sentence.</param>
internal sealed record ChangeView(string Kind, string Endpoint, string Device, string Name, string Change, IReadOnlyList<FieldChange> Fields, string Zh, string En);

/// <summary>What a draft changes.</summary>
/// <param name="NeedsRestart">Parts that come into force with the next start only.</param>
internal sealed record DiffView(IReadOnlyList<ChangeView> Changes, IReadOnlyList<string> NeedsRestart, IReadOnlyList<LostComment> LostComments);

/// <param name="AcceptLostComments">Whether comments may go that cannot be kept; without it a draft that loses some is not applied.</param>
/// <param name="GraceSeconds">How long devices may take to come back before it is said that they did not; 30 unless told.</param>
internal sealed record ApplyRequest(Draft Draft, string? Comment, bool AcceptLostComments, int? GraceSeconds);

internal sealed record RollbackRequest(string Id, string? Comment);

/// <summary>What applying came to.</summary>
/// <param name="Status">applied or same; anything else is a problem document or a list of errors.</param>
internal sealed record AppliedView(string Status, string Hash, HistoryEntry? Entry, ReloadReport? Reload);

/// <param name="Devices">Whether the devices that were online came back.</param>
internal sealed record ConfigStateView(string Hash, DeviceVerdict? Devices);
