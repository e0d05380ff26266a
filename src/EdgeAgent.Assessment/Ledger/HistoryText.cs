using System.Globalization;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>One change of an event in words.</summary>
/// <param name="Fields">Of a changed asset: each field before and after.</param>
public sealed record SubjectChange(LedgerEvent Event, string Subject, string What, IReadOnlyList<FieldChange> Fields);

/// <summary>Says what events changed, with the state before them.</summary>
public static class HistoryText
{
    /// <summary>Every change of the history, oldest first; those of one subject when it is given.</summary>
    public static IEnumerable<SubjectChange> Changes(LedgerHistory history, string? subject = null)
    {
        Dictionary<string, LedgerEntry> assets = new(StringComparer.OrdinalIgnoreCase);
        foreach (LedgerEvent happened in history.Events)
        {
            foreach (LedgerChange change in happened.Changes)
            {
                LedgerEntry? before = change is AssetSet or AssetRemoved ? assets.GetValueOrDefault(change.Subject) : null;
                IReadOnlyList<FieldChange> fields = change is AssetSet set && before is not null ? LedgerFields.Differences(before, set.Asset) : [];
                if (subject is null || subject.Equals(change.Subject, StringComparison.OrdinalIgnoreCase))
                {
                    yield return new SubjectChange(happened, change.Subject, What(change, before, fields), fields);
                }

                _ = change switch
                {
                    AssetSet added => (assets[change.Subject] = added.Asset) is null,
                    AssetRemoved => assets.Remove(change.Subject),
                    _ => false,
                };
            }
        }
    }

    private static string What(LedgerChange change, LedgerEntry? before, IReadOnlyList<FieldChange> fields) => change switch
    {
        AssetSet { Asset: var asset } when before is null => $"新增 {asset.Name}",
        AssetSet => fields.Count == 0 ? "无变化" : string.Join("; ", fields.Select(f => $"{f.Field}: {Shown(f.Before)} → {Shown(f.After)}")),
        AssetRemoved => $"移出台账 {before?.Name}",
        AreaSet => "区域",
        AreaRemoved => "移除区域",
        ProcessSet { Process: var process } => process.IsKey ? "关键工序" : "工序",
        ProcessRemoved => "移除工序",
        BindingSet { Binding: var b } => $"绑定 {(b.AssetNo.Length == 0 ? "(无资产)" : b.AssetNo)}{(b.ToTicks is { } to ? $" 至 {Time(to)}" : "")}",
        SceneSet { Scene: var scene } => $"场景等级 {scene.Level}，佐证 {scene.Evidence.Count} 项",
        AnswerSet { Answer: var a } => $"选项 {string.Join(", ", a.Options)}{string.Concat(a.Numbers.Select(n => string.Create(CultureInfo.InvariantCulture, $"; {n.Key}={n.Value}")))}，佐证 {a.Evidence.Count} 项",
        AnswerRemoved => "撤回答案",
        ProfileSet { Profile: var p } => $"{p.Name} {p.CreditCode}",
        ProjectSet { Project: var p } => $"{p.Name} {p.ContractNo}",
        StopSet { Stop: var s } => $"停机 {Time(s.FromTicks)} 至 {Time(s.ToTicks)}: {s.Reason}",
        StopWithdrawn => "撤回停机申报",
        FileAttached { File: var f } => $"附件 {f.Name} ({f.Kind}) sha256:{f.Sha256}",
        RuleSet { Rule: var r } => r.Value.Length == 0 ? "恢复规则包的值" : $"规则改为 {r.Value}",
        SourceClassified { Source: var s } => $"归类为 {s.Class}",
        DataUseSet { Use: var u } => $"用途 {u.Purpose}，使用单位 {u.Users}",
        _ => "",
    };

    private static string Shown(string text) => text.Length == 0 ? "(空)" : text;

    private static string Time(long ticks) => LedgerCalendar.Text(ticks);
}
