using System.Text.Json.Serialization;
using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Assessment.RulePacks;

/// <summary>A number or switch of a rule pack that somebody set otherwise for one site; printed in every result.</summary>
/// <param name="Path">Place in the pack, for instance <c>$.minCoverage</c>.</param>
/// <param name="Value">The value as JSON; empty lifts the override.</param>
/// <param name="AtTicks">When; taken from the event that records it.</param>
public sealed record RuleOverride(
    string Path,
    string Value,
    string Who = "",
    [property: JsonConverter(typeof(InstantJson))] long AtTicks = 0,
    string Why = "");
