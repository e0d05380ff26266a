using System.Text;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>A coverage report as text for a console.</summary>
public static class CoverageTable
{
    public static string Write(CoverageReport report)
    {
        StringBuilder text = new();
        if (report.Notice is { } notice)
        {
            text.AppendLine($"*** {notice} ***").AppendLine();
        }

        ReportRulePack pack = report.RulePack;
        text.AppendLine($"As of      {Time(report.AsOf)}");
        text.AppendLine($"Window     {Time(report.Window[0])} to {Time(report.Window[1])} ({pack.WindowUsed}{(pack.WindowIsOverride ? ", not the pack's" : "")})");
        text.AppendLine($"Rule pack  {pack.Id} version {pack.Version}, SHA-256 {pack.Sha256}");
        foreach (RuleOverride set in pack.Overrides)
        {
            text.AppendLine($"Override   {set.Path} = {set.Value}, by {set.Who} on {Time(UnixTicks.ToDateTimeOffset(set.AtTicks).ToOffset(ShanghaiTime.Offset))}: {set.Why}");
        }

        text.AppendLine($"Ledger     {report.Counts.Total} counted, {report.Counts.TotalStrict} with those out of use, {report.Counts.Excluded} excluded, SHA-256 {report.LedgerSha256}");
        text.AppendLine();
        foreach (RateResult item in report.Items)
        {
            text.AppendLine(Item(item));
        }

        ReportExtras also = report.Also;
        text.AppendLine($"   Digital: {report.Counts.Digital.Declared} declared, {report.Counts.Digital.Evidenced} evidenced, {report.Counts.Digital.Observed} observed");
        text.AppendLine($"   Networked of digital {also.NetworkedOfDigital}; key processes {also.KeyProcesses}; processes {also.Processes}");
        text.AppendLine();
        TextTable devices = new("Asset", "Name", "Digital", "Networked", "Coverage", "Grade", "Days", "Good", "Expected", "Reasons");
        foreach (DeviceResult d in report.Devices)
        {
            devices.Add(
                d.AssetNo, d.Name, d.Digital.ToString().ToLowerInvariant(), d.Networked ? "yes" : "no", d.Coverage.Percent, Grade(d.Grade), $"{d.ActiveDays}/{d.RequiredDays}",
                $"{d.Good}", $"{d.Expected}", string.Join(' ', d.Reasons.Select(r => r.Text())));
        }

        text.Append(devices);
        Section(text, "Not in the denominator", report.Exclusions, ["Asset", "Name", "Category", "Status", "Reason", "Data", "Evidence", "Remark"], e =>
            [e.AssetNo, e.Name, e.Category, e.Status, e.Reason.Text(), e.HasData ? "yes" : "no", string.Join("; ", e.Evidence), e.Remark]);
        Section(text, "Sources in no ledger line", report.Unledgered, ["Agent", "Device", "Address", "Bound to", "Good", "Classified as"], u =>
            [$"{u.Site}/{u.Agent}", u.Device, u.Address, u.Asset.Length == 0 ? "(nothing)" : u.Asset, $"{u.Good}", u.Class]);
        Section(text, "To be settled", report.Inconsistencies, ["Subject", "What"], i => [i.Subject, i.Text]);
        text.AppendLine();
        text.AppendLine(report.Blockers.Count == 0 ? "This report is final." : "Not final:");
        foreach (string blocker in report.Blockers)
        {
            text.AppendLine($" - {blocker}");
        }

        return text.ToString();
    }

    private static string Item(RateResult item)
    {
        string option = item.Option is null ? "no option" : $"option {item.Option}, {item.Points:0.##} points";
        string next = item.Next is { } n ? $"; {n.Devices} more for option {n.Option} ({n.Points:0.##} points)" : "";
        return $"{item.No,2} {item.Title}: {item.Rate}, {option}{next}";
    }

    private static string Grade(CoverageGrade grade) => grade switch
    {
        CoverageGrade.Good => "良好",
        CoverageGrade.Sufficient => "合格",
        _ => "不计入",
    };

    private static string Time(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);

    private static void Section<T>(StringBuilder text, string title, IReadOnlyList<T> rows, string[] headers, Func<T, string[]> cells)
    {
        if (rows.Count == 0)
        {
            return;
        }

        TextTable table = new(headers);
        foreach (T row in rows)
        {
            table.Add(cells(row));
        }

        text.AppendLine().AppendLine($"{title} ({rows.Count}):").Append(table);
    }
}
