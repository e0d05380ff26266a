using System.Text.Json.Serialization;
using EdgeAgent.Assessment.Findings;

namespace EdgeAgent.Web.Portfolio;

/// <summary>All enterprises of the hub, whoever needs attention most first.</summary>
/// <param name="ByLevel">How many enterprises are at each level, 0 to 4.</param>
/// <param name="Refreshing">A newer roll-up is being made.</param>
/// <param name="EveryCheck">Whether identical series, clocks and chains were looked at too; on very large hubs they are not.</param>
internal sealed record PortfolioView(
    DateTimeOffset AsOf, string RulePack, int Total, IReadOnlyList<int> ByLevel, int AtLevel2, int Assessed, bool EveryCheck, bool Simulated, bool Refreshing, string? Problem,
    IReadOnlyList<IndustryView> Industries, IReadOnlyList<EnterpriseView> Items);

/// <summary>One industry: sums over its enterprises, no means of rates.</summary>
internal sealed record IndustryView(string Industry, int Enterprises, ShareView Digitalization, ShareView Networking, ShareView AtLevel2);

/// <summary>A share as two whole numbers.</summary>
internal sealed record ShareView(long N, long D);

/// <summary>One enterprise.</summary>
/// <param name="Attention">Why somebody should look, the gravest first.</param>
/// <param name="Weight">Sum of the reasons' weights; the gravest reason goes before it, so that many small matters never stand above a plant that fell silent.</param>
/// <param name="DaysLeft">Days to the end of the project, on which the acceptance is due; null when no project is recorded.</param>
/// <param name="AlarmsActive">Alarms that stand; null where this process does not know them.</param>
internal sealed record EnterpriseView(
    string Site, string Name, string CreditCode, string Industry, string Provider, int Devices, ShareView? Digitalization, string? DigitalizationOption, ShareView? Networking,
    string? NetworkingOption, ShareView Completeness, decimal Score, int Level, string LevelName, bool Complete, BilingualText? ToNextLevel, int? DevicesToNextOption, int Agents, int AgentsSilent,
    int? AlarmsActive, DateOnly? ProjectEnds, int? DaysLeft, DateTimeOffset? LastData, int SevereFindings, int Unledgered, bool Simulated, string? Problem,
    IReadOnlyList<AttentionView> Attention, int Weight);

/// <summary>One reason to look at an enterprise.</summary>
/// <param name="Code">For instance <c>STOPPED_SENDING</c>.</param>
internal sealed record AttentionView(string Code, int Weight, BilingualText Text);

/// <summary>One enterprise with what its figures rest on.</summary>
/// <param name="IsOwn">Whether the hub's own pages are about it, so that more of it can be seen there.</param>
/// <param name="Devices">Every machine of the denominator; empty where it could not be assessed.</param>
internal sealed record SiteView(
    EnterpriseView Enterprise, bool IsOwn, DateTimeOffset AsOf, IReadOnlyList<SiteAgentView> Agents, IReadOnlyList<SiteDeviceView> Devices, IReadOnlyList<SiteFindingView> Findings);

/// <param name="LastReading">Time of its newest reading; null when there is none.</param>
internal sealed record SiteAgentView(string Agent, DateTimeOffset? LastReading, bool Silent);

/// <param name="Digital">Whether it counts as digital.</param>
/// <param name="Reasons">Why it does not count as networked.</param>
internal sealed record SiteDeviceView(string AssetNo, string Name, string Workshop, bool Networked, bool Digital, IReadOnlyList<BilingualText> Reasons);

/// <param name="Subject">An asset, an agent, or a source; what it is about.</param>
/// <param name="Severity"><c>severe</c>, <c>warning</c> or <c>notice</c>.</param>
internal sealed record SiteFindingView(string Severity, string Subject, BilingualText Label, BilingualText Text, BilingualText Advice);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PortfolioView))]
[JsonSerializable(typeof(SiteView))]
internal sealed partial class PortfolioPagesJson : JsonSerializerContext;
