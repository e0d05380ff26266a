using System.Text.Json;
using EdgeAgent.Commands.Scan;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Web.Engineering;

/// <summary>A template that a device can start from.</summary>
/// <param name="File">Where it is: its path, or that it is built in.</param>
internal sealed record TemplateView(string Name, string File, string Description, string Basis, IReadOnlyList<string> Drivers, int Tags);

/// <param name="Settings">Members of the device's settings that the template gives.</param>
/// <param name="Tags">Its tags, as a configuration writes them.</param>
/// <param name="ScanClasses">Periods in milliseconds that its tags name.</param>
internal sealed record TemplateDetail(
    string Name, string File, string Description, string Basis, IReadOnlyList<string> Drivers, JsonElement? Settings, IReadOnlyList<JsonElement> Tags,
    IReadOnlyDictionary<string, int> ScanClasses);

/// <summary>A driver, with the JSON Schema of its settings.</summary>
internal sealed record DriverView(string Name, JsonElement EndpointSettings, JsonElement DeviceSettings);

/// <summary>A device to add to a draft.</summary>
/// <param name="Endpoint">A new endpoint with name, driver and settings, or the name of one that the draft has.</param>
/// <param name="Device">Name, template, asset, settings, tags: as a configuration writes it.</param>
/// <param name="TagFile">Path of a table to write the tags into; null writes them into the file itself.</param>
/// <param name="Sheet">Its tags as a table.</param>
internal sealed record NewDeviceRequest(Draft Draft, JsonElement Endpoint, JsonElement Device, string? TagFile, DraftTable? Sheet);

/// <summary>A draft to go on with, and what checking it found.</summary>
internal sealed record DraftView(Draft Draft, CheckView Check);

/// <param name="Text">From the clipboard of a spreadsheet.</param>
/// <param name="Columns">The columns that the cells go into, when the text has no header.</param>
/// <param name="Into">All columns of the table, whose spelling the pasted header takes over; null for none.</param>
internal sealed record PasteRequest(string Text, IReadOnlyList<string> Columns, IReadOnlyList<string>? Into);

/// <summary>Rows with what is wrong in them.</summary>
/// <param name="Tags">The good rows, as a configuration writes tags.</param>
internal sealed record PastedView(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<SheetProblem> Problems, IReadOnlyList<JsonElement> Tags);

/// <summary>A device to read once, before it is saved.</summary>
/// <param name="Endpoint">Name, driver and settings; or the name of one that is configured.</param>
/// <param name="Device">Name, template, settings, tags.</param>
/// <param name="Sheet">Its tags as a table, in place of those of the device.</param>
/// <param name="Tag">Only this tag.</param>
/// <param name="TimeoutSeconds">15 unless told, at most 60.</param>
internal sealed record ReadRequest(JsonElement Endpoint, JsonElement Device, DraftTable? Sheet, string? Tag, int? TimeoutSeconds);

/// <param name="Value">As text, so that no precision is lost; null without one.</param>
/// <param name="Good">Whether the quality is good.</param>
internal sealed record ReadResultView(string Device, string Tag, string? Value, string Unit, string Quality, bool Good, DateTimeOffset SourceTime, string? Problem);

/// <param name="Errors">What is wrong with the draft; then nothing was read.</param>
/// <param name="Place">The address that was read.</param>
/// <param name="Advice">What to try next; null when every tag is good.</param>
internal sealed record ReadView(IReadOnlyList<ReadResultView> Results, IReadOnlyList<ProblemView> Errors, string Place, double ElapsedMs, string? Advice);

/// <summary>Registers to be shown under all types and byte orders.</summary>
/// <param name="Hex">Registers that are at hand, as hexadecimal bytes; then no device is asked.</param>
/// <param name="Address">The first register, in the driver's syntax.</param>
/// <param name="Min">Smallest plausible value before scaling.</param>
internal sealed record GuessRequest(string? Hex, JsonElement? Endpoint, JsonElement? Device, string? Address, double? Min, double? Max);

internal sealed record GuessEntry(string Type, string Order, string Value, bool Plausible);

/// <param name="Hex">The registers as they came; null when they could not be read.</param>
internal sealed record GuessView(string? Hex, string? Problem, IReadOnlyList<GuessEntry> Guesses);

/// <summary>A node of an OPC UA server whose children are wanted.</summary>
/// <param name="Endpoint">Name and settings, or the name of one that is configured.</param>
/// <param name="Node">i=85, the objects folder, unless told.</param>
internal sealed record BrowseRequest(JsonElement Endpoint, string? Node);

/// <param name="Address">As a tag names it.</param>
/// <param name="Type">Type of a tag for it; null when it is none.</param>
/// <param name="Value">What it holds now, as text.</param>
internal sealed record BrowsedView(string Node, string Address, string Name, bool IsVariable, string? Type, string? Value);

internal sealed record BrowseView(IReadOnlyList<BrowsedView> Nodes, IReadOnlyList<string> Problems, string Server);

/// <summary>A place to look for devices.</summary>
/// <param name="Kind">units (behind host and port), network (a range of addresses), line (a serial port) or lineOfAgent.</param>
/// <param name="Target">A host, a range such as 192.168.1.0/24, or a serial port.</param>
/// <param name="Units">The highest Modbus unit id to try; 32 unless told.</param>
/// <param name="AskUnits">In a network: the Modbus units to ask one after the other until one answers; 1, 255 and 0 unless told.</param>
/// <param name="Rate">Connections a second; 50 unless told.</param>
internal sealed record ScanRequestBody(string Kind, string Target, int? Port, int? Units, IReadOnlyList<int>? AskUnits, IReadOnlyList<int>? Baud, int? Rate, int? TimeoutMs);

/// <param name="Host">Where it is on a network; null on a line.</param>
/// <param name="Endpoint">An endpoint for it, as a configuration writes one; null when this program has no driver for it.</param>
/// <param name="Device">A device for it.</param>
internal sealed record FoundView(string Driver, string Place, string Detail, string? Host, int Port, JsonElement? Endpoint, JsonElement? Device);

/// <param name="State">running, done, cancelled or failed.</param>
/// <param name="Asked">On a network: what each host was asked. Behind one host the units are the highest, then those that are asked when none answered.</param>
internal sealed record ScanView(string Id, string State, string Target, string Progress, IReadOnlyList<AskedPort> Asked, IReadOnlyList<FoundView> Found, IReadOnlyList<string> Notes, string? Problem);
