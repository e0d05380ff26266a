using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Acceptance;

/// <summary>The record of one device's acceptance test, to be signed and kept with the ledger.</summary>
/// <param name="Format">Name and version of this form.</param>
/// <param name="Asset">Asset number in the ledger; empty when the configuration gives none.</param>
/// <param name="Address">The device's physical address in one canonical text.</param>
/// <param name="IsSimulated">Whether the configuration or the device itself says that it is simulated.</param>
/// <param name="Identity">What the device said of its maker and model; empty where it cannot be asked.</param>
/// <param name="Count">How often each tag was to be read.</param>
/// <param name="Problems">What went wrong with the device as a whole.</param>
public sealed record AcceptanceRecord(
    string Format,
    string Program,
    string Site,
    string Agent,
    string Endpoint,
    string Driver,
    string Device,
    string Asset,
    string Address,
    [property: JsonConverter(typeof(LowerCaseEnumConverter<Provenance>))] Provenance Provenance,
    bool IsSimulated,
    IReadOnlyDictionary<string, string> Identity,
    DateTimeOffset Begun,
    DateTimeOffset Ended,
    int Count,
    [property: JsonConverter(typeof(LowerCaseEnumConverter<AcceptanceVerdict>))] AcceptanceVerdict Verdict,
    IReadOnlyList<string> Problems,
    IReadOnlyList<TagAcceptance> Tags)
{
    public const string CurrentFormat = "edgeagent-acceptance/1";
}
