using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace EdgeAgent.Assessment.RulePacks;

/// <summary>A rule pack as text for people: every number with where it comes from.</summary>
public static class RulePackText
{
    /// <summary>Members that have a section of their own, or say what the pack is.</summary>
    private static readonly string[] Elsewhere =
        ["id", "version", "title", "source", "base", "dimensions", "items", "scenes", "levels", "project", "subsidy", "sources"];

    /// <summary>The whole pack, with what it has from its base.</summary>
    public static string Json(RulePack pack) => JsonSerializer.Serialize(pack, new RulePackJson(new JsonSerializerOptions(RulePackJson.Default.Options)
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    }).RulePack);

    public static string Write(LoadedRulePack loaded)
    {
        RulePack pack = loaded.Rules;
        StringBuilder text = new();
        text.AppendLine($"{pack.Id} version {pack.Version}{(pack.Base is { } below ? $", based on {below}" : "")}, SHA-256 {loaded.Sha256}");
        text.AppendLine(pack.Title).AppendLine(pack.Source).AppendLine();
        foreach (RuleOverride set in loaded.Overrides)
        {
            text.AppendLine($"OVERRIDE {set.Path} = {set.Value}, by {set.Who}: {set.Why}");
        }

        Numbers(text, pack);
        Items(text, pack);
        Scenes(text, pack);
        Levels(text, pack);
        Project(text, pack);
        Sources(text, pack);
        return text.ToString();
    }

    private static void Numbers(StringBuilder text, RulePack pack)
    {
        text.AppendLine("Numbers and switches:");
        foreach ((string name, JsonNode? value) in JsonSerializer.SerializeToNode(pack, RulePackJson.Default.RulePack)!.AsObject())
        {
            if (!Elsewhere.Contains(name) && value is not null)
            {
                text.AppendLine($"  {name} = {Shown(value)}{Mark(pack, $"$.{name}")}");
            }
        }
    }

    private static void Items(StringBuilder text, RulePack pack)
    {
        foreach (RulePackDimension dimension in pack.Dimensions)
        {
            text.AppendLine().AppendLine(Invariant($"{dimension.Name} {dimension.Weight:0.##} %"));
            foreach (RulePackGroup group in dimension.Groups)
            {
                foreach (RulePackEntry entry in group.Entries)
                {
                    text.AppendLine(Invariant($"  {group.Name} {group.Weight:0.##} % / {entry.Name} {entry.Weight:0.##} %"));
                    Item(text, pack, pack.FindItem(entry.Item)!);
                }
            }
        }
    }

    private static void Item(StringBuilder text, RulePack pack, RulePackQuestion item)
    {
        string type = item.Type == QuestionType.Single ? "单选" : "多选";
        text.AppendLine(Invariant($"    {item.No}. {item.Title} ({type}, {item.Answer.ToString().ToLowerInvariant()}, {pack.MaxPoints(item.No):0.##} points){Mark(pack, $"$.items[{item.No}].options")}"));
        foreach (RulePackOption option in item.Options)
        {
            text.AppendLine(Invariant($"       {option.Key}: {(option.Text == option.Key ? "" : option.Text + " ")}{pack.PointsOf(item, [option.Key]):0.####}"));
        }

        foreach (RulePackNumber number in item.Numbers)
        {
            text.AppendLine($"       {number.Key} = {number.Label} ({number.Unit})");
        }
    }

    private static void Scenes(StringBuilder text, RulePack pack)
    {
        foreach (IGrouping<string, RulePackScene> group in pack.Scenes.GroupBy(s => s.Group))
        {
            string names = string.Join(", ", group.Select(s => s.Name + (s.Constrained ? "*" : "") + (s.Signals.Count > 0 ? $" [{string.Join(", ", s.Signals)}]" : "")));
            text.AppendLine().AppendLine($"{group.Key}: {names}");
        }
    }

    private static void Levels(StringBuilder text, RulePack pack)
    {
        text.AppendLine();
        foreach (RulePackLevel level in pack.Levels)
        {
            string scenes = level.Scenes == 0 ? "" : $", {level.Scenes} scenes at that level, {level.Constrained} of them constrained (*)";
            text.AppendLine(Invariant($"{level.Name}: {level.Score:0.##} points{scenes}{Mark(pack, $"$.levels[{level.Level}]")}"));
        }
    }

    private static void Project(StringBuilder text, RulePack pack)
    {
        if (pack.Project is { } project)
        {
            text.AppendLine().AppendLine(Invariant($"Accounting period {project.From:yyyy-MM-dd} to {(project.To is { } to ? Invariant($"{to:yyyy-MM-dd}") : "the day of the application")}"));
            text.AppendLine($"Industries: {string.Join(", ", project.Industries)}");
        }

        if (pack.Subsidy is { } subsidy)
        {
            foreach (RulePackSubsidyRate rate in subsidy.Rates)
            {
                text.AppendLine(Invariant($"Level {rate.Level}: {rate.Share * 100:0.##} % of the settled costs, at most {rate.MaxYuan / 10_000:0.##} 万元"));
            }

            text.AppendLine($"Hardware that counts: {string.Join(", ", subsidy.Hardware)}; not: {string.Join(", ", subsidy.HardwareExcluded)}");
        }
    }

    private static void Sources(StringBuilder text, RulePack pack)
    {
        text.AppendLine().AppendLine("Sources (! = not official, compare it with the official text):");
        foreach ((string path, RulePackFact fact) in pack.Sources.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            text.AppendLine($"  {(fact.IsUnchecked ? "!" : " ")} {path}: {fact.From.ToString().ToLowerInvariant()}{(fact.Note.Length > 0 ? $"; {fact.Note}" : "")}");
        }
    }

    private static string Mark(RulePack pack, string path) => pack.SourceOf(path) is { IsUnchecked: true } fact ? $"  ! {fact.From.ToString().ToLowerInvariant()}" : "";

    private static string Shown(JsonNode value) => value is JsonArray elements ? string.Join(", ", elements) : value.ToString();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
