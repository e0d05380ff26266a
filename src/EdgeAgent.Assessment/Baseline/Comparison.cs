using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Assessment.Indicators;

namespace EdgeAgent.Assessment.Baseline;

/// <summary>How a baseline came about.</summary>
[JsonConverter(typeof(BaselineKindConverter))]
public enum BaselineKind
{
    /// <summary>实测: by the same rules from collected data.</summary>
    Observed,
    /// <summary>申报: typed from the 诊断报告, whose file is named by its hash.</summary>
    Declared,
}

/// <summary>Writes kinds as <c>declared</c>.</summary>
public sealed class BaselineKindConverter() : JsonStringEnumConverter<BaselineKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

/// <summary>改造前后 (rule R12): the baseline against now.</summary>
/// <param name="BaselineSha256">Hash of the signed baseline.</param>
/// <param name="BaselineAt">Its instant T0.</param>
/// <param name="SamePack">Whether both were made by the same rule pack.</param>
/// <param name="AsOf">Rates with the ledger of each time.</param>
/// <param name="Constant">Rates over the assets that exist at both times.</param>
/// <param name="Transitions">Assets whose state differs, by number.</param>
public sealed record Comparison(
    BaselineKind Kind,
    string BaselineSha256,
    DateTimeOffset BaselineAt,
    bool SamePack,
    IReadOnlyList<RateChange> AsOf,
    IReadOnlyList<RateChange> Constant,
    IReadOnlyList<Transition> Transitions);

/// <summary>One rate before and after.</summary>
/// <param name="Item">Number of the item, 2 or 3.</param>
/// <param name="PercentagePoints">After less before, in percentage points with two decimals, for instance <c>+25.00</c>; null when one of them is 不可计算.</param>
/// <param name="Steps">How many options up (or down); null when one of them is 不可计算.</param>
public sealed record RateChange(
    int Item, string Title, Fraction Before, Fraction After, string? OptionBefore, string? OptionAfter, string? PercentagePoints, int? Steps);

/// <summary>One asset before and after.</summary>
/// <param name="Before">For instance <c>未数字化</c>, <c>数字化</c>, <c>数字化、联网</c>, or <c>无</c> when the ledger had no such asset.</param>
/// <param name="Since">First hour of the asset's data at the hub; null when it never sent.</param>
/// <param name="Evidence">Serial number, contract or invoice of the ledger line.</param>
public sealed record Transition(string AssetNo, string Name, string Before, string After, DateTimeOffset? Since, string SerialNo, IReadOnlyList<string> Evidence);
