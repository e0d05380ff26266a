using System.Globalization;
using EdgeAgent.Collector.Acceptance;

namespace EdgeAgent.Commands;

/// <summary>An acceptance record for the person at the screen.</summary>
internal static class AcceptanceText
{
    public static string Of(AcceptanceRecord record)
    {
        List<string> lines =
        [
            $"{record.Device} ({(record.Asset.Length == 0 ? "no asset number" : "asset " + record.Asset)}) at {record.Address}" + (record.IsSimulated ? ", SIMULATED" : ""),
            record.Identity.Count == 0 ? $"The device did not tell who made it: {record.Driver} has no such question, or it was not answered." : string.Join(", ", record.Identity.Select(field => $"{field.Key}: {field.Value}")),
            .. record.Problems.Select(problem => "Problem: " + problem),
        ];
        int width = record.Tags.Max(tag => tag.Name.Length);
        lines.AddRange(record.Tags.Select(tag => $"{tag.Verdict,-8}  {tag.Name.PadRight(width)}  {tag.Good}/{tag.Readings} good{Period(tag)}{Range(tag)}{(tag.Findings.Count == 0 ? "" : "  " + string.Join("; ", tag.Findings))}"));
        lines.Add($"{record.Device}: {record.Verdict.ToString().ToLowerInvariant()}.");
        return string.Join(Environment.NewLine, lines);
    }

    private static string Period(TagAcceptance tag) => tag.AchievedMs is { } period ? string.Create(CultureInfo.InvariantCulture, $"  every {period:0} ms") : "";

    private static string Range(TagAcceptance tag) => tag.Lowest is { } lowest
        ? string.Create(CultureInfo.InvariantCulture, $"  {lowest:0.###} to {tag.Highest:0.###} {tag.Unit}").TrimEnd()
        : tag.LastValue is { } text ? $"  '{text}'" : "";
}
