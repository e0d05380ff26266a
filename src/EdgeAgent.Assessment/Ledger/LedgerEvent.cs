using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>One entry of the append-only history: who changed what, when and why. All of its changes happened, or none.</summary>
/// <param name="Sequence">1, 2, 3, … without a gap.</param>
/// <param name="AtTicks">When; never before the event before.</param>
/// <param name="Who">A person's name, or the name of the programme that did it for a person.</param>
/// <param name="Why">The reason, in words.</param>
/// <param name="Origin">Where it came from, for instance <c>import 设备台账.xlsx sha256:…</c> or <c>web</c>.</param>
/// <param name="Previous">Hash of the event before; 64 zeros for the first.</param>
/// <param name="Hash">SHA-256 of the event's own bytes in the file, lower-case hexadecimal.</param>
public sealed record LedgerEvent(
    long Sequence,
    [property: JsonConverter(typeof(InstantJson))] long AtTicks,
    string Site,
    string Who,
    string Why,
    string Origin,
    IReadOnlyList<LedgerChange> Changes,
    string Previous,
    [property: JsonIgnore] string Hash = "");
