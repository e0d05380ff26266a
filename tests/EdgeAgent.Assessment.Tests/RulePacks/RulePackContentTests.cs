using System.Text;
using System.Text.Json.Nodes;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Tests.RulePacks;

/// <summary>The packs say what the forms say, and a pack that does not add up is refused with the place.</summary>
public sealed class RulePackContentTests
{
    [Theory]
    [InlineData("miit-2024", "8 6 6 10 10 5 5 7.5 7.5 7.5 7.5 7 7 3 3")]
    [InlineData("hohhot-2025", "8 6 6 10 10 5 5 7.5 7.5 7.5 7.5 6 6 4 4")]
    public void Points_of_the_items_are_those_of_the_questionnaire(string id, string points)
    {
        RulePack pack = RulePackCatalog.Load(id).Rules;
        decimal[] expected = [.. points.Split(' ').Select(p => decimal.Parse(p, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(expected, Enumerable.Range(1, 15).Select(pack.MaxPoints));
        Assert.Equal(100, expected.Sum());
        Assert.All(pack.Items, item => Assert.Equal(pack.MaxPoints(item.No), Best(pack, item)));
    }

    [Fact]
    public void Scenes_levels_and_subsidies_are_those_of_the_guide()
    {
        RulePack pack = RulePackCatalog.Load("hohhot-2025").Rules;
        Assert.Equal((16, 10), (pack.Scenes.Count, pack.Scenes.Count(s => s.Constrained)));
        Assert.Equal([(20m, 6, 3), (40m, 6, 3), (60m, 8, 5), (80m, 10, 6)], pack.Levels.Select(l => (l.Score, l.Scenes, l.Constrained)));
        Assert.Equal([(2, 0.70m, 350_000m), (3, 0.50m, 1_500_000m), (4, 0.40m, 3_000_000m)], pack.Subsidy!.Rates.Select(r => (r.Level, r.Share, r.MaxYuan)));
        Assert.Equal(new DateOnly(2024, 7, 1), pack.Project!.From);
        Assert.Equal((6, 10), (pack.Project.Industries.Count, pack.Project.Materials.Count));
        Assert.Contains("工业智能网关", pack.Subsidy.Hardware);
        Assert.Equal(["电脑", "打印机", "闸机"], pack.Subsidy.HardwareExcluded);
    }

    [Fact]
    public void Item_4_can_be_shared_equally_without_losing_a_fraction()
    {
        string[] five = ["生产管控", "质量管理", "设备管理", "能耗管理", "仓储物流"];
        RulePack listed = RulePackCatalog.Load("miit-2024").Rules;
        Assert.Equal(3.5m, listed.PointsOf(listed.FindItem(4)!, five));
        RulePack equal = RulePackCatalog.WithOverrides("miit-2024", [new RuleOverride("$.items[4].share", "\"Equal\"")]).Rules;
        Assert.Equal(50m / 14, equal.PointsOf(equal.FindItem(4)!, five));
        Assert.Equal(10m, equal.PointsOf(equal.FindItem(4)!, [.. equal.FindItem(4)!.Options.Where(o => !o.Excludes).Select(o => o.Key)]));
    }

    [Fact]
    public void The_worked_example_comes_to_its_sum()
    {
        RulePack pack = RulePackCatalog.Load("hohhot-2025").Rules;
        (int No, string[] Options)[] answers =
        [
            (1, ["A", "B"]), (2, ["D"]), (3, ["D"]), (4, ["生产管控", "质量管理", "设备管理", "能耗管理", "仓储物流"]), (5, ["B"]), (6, ["A", "B"]), (7, ["A", "B"]),
            (8, ["C"]), (9, ["A", "B"]), (10, ["A", "B", "C"]), (11, ["A"]), (12, ["降低"]), (13, ["持平"]), (14, ["增加"]), (15, ["持平"]),
        ];
        Assert.Equal(54.25m, answers.Sum(a => pack.PointsOf(pack.FindItem(a.No)!, a.Options)));
    }

    [Fact]
    public void A_pack_with_bands_only_gives_no_rates_unless_asked_for()
    {
        Assert.Contains("bands", Assert.Throws<RulePackException>(() => RulePackCatalog.Load("miit-2022")).Message);
        RulePack pack = RulePackCatalog.Load("miit-2022", bandsToo: true).Rules;
        Assert.Equal([20m, 40m, 60m, 80m], pack.Levels.Select(l => l.Score));
        Assert.All(pack.Sources.Keys, path => Assert.DoesNotContain("items[", path));
    }

    [Theory]
    [InlineData("dimensions.0.weight", "49", "dimensions: the weights 49 (数字化基础) + 30 (数字化管理) + 20 (数字化成效) sum to 99, 100 expected")]
    [InlineData("dimensions.0.groups.1.weight", "19.5", "dimensions[数字化基础].groups: the weights 40 (设备系统) + 19.5 (数据采集) + 20 (信息系统) + 20 (信息安全) sum to 99.5, 100 expected")]
    [InlineData("dimensions.2.groups.2.entries.0.weight", "60", "dimensions[数字化成效].groups[市场效益].entries: the weights 60 (市场表现) + 50 (价值效益) sum to 110, 100 expected")]
    [InlineData("dimensions.0.groups.0.entries.0.item", "2", "items[1]: one entry of the tree must ask for it")]
    [InlineData("dimensions.0.groups.0.entries.0.item", "77", "an entry asks for item 77")]
    [InlineData("items.5.options.1.fraction", "0.3", "items[6].options: the best answer brings 1.05 of the points, 1 expected")]
    [InlineData("items.1.options.0.fraction", "0.25", "items[2].options: ascending fractions expected")]
    [InlineData("items.3.options.1.key", "\"采矿\"", "items[4].options[采矿]: the key of a scene expected")]
    [InlineData("items.0.options.2.key", "\"A\"", "key 'A' must be there once")]
    [InlineData("levels.1.score", "15", "a higher level must take a higher score")]
    [InlineData("levels.1.constrained", "7", "levels[2]")]
    [InlineData("levels.3.scenes", "17", "levels[4]")]
    [InlineData("scenes.0.name", "\"工艺设计\"", "scenes[工艺设计]")]
    [InlineData("binsTenths", "[1,2,4]", "items[2].options: 4 expected")]
    public void A_pack_that_does_not_add_up_is_refused_with_the_place(string path, string value, string problem)
    {
        JsonNode root = Pack();
        JsonNode at = root;
        string[] steps = path.Split('.');
        foreach (string step in steps[..^1])
        {
            at = at is JsonArray array ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : at[step]!;
        }

        at[steps[^1]] = JsonNode.Parse(value);
        RulePackException refused = Assert.Throws<RulePackException>(() => RulePackCatalog.Parse(Encoding.UTF8.GetBytes(root.ToJsonString()), "test"));
        Assert.Contains(problem, refused.Message);
    }

    [Fact]
    public void Every_fact_needs_a_source()
    {
        JsonObject root = Pack();
        root["sources"]!.AsObject().Remove("$.levels");
        root["sources"]!.AsObject().Remove("$.scenes");
        root["sources"]!["$.nowhere"] = new JsonObject { ["from"] = "Ours" };
        IReadOnlyList<string> problems = Assert.Throws<RulePackException>(() => RulePackCatalog.Parse(Encoding.UTF8.GetBytes(root.ToJsonString()), "test")).Problems;
        Assert.Equal(
            ["sources: nothing says where $.scenes[产品设计].name comes from", "sources: nothing says where $.levels[1].level comes from", "sources[$.nowhere]: the pack has no such member"],
            problems);
    }

    [Fact]
    public void Overrides_are_applied_kept_and_checked_like_the_pack()
    {
        RuleOverride set = new("$.minCoverage", "0.8", "评审专家", 5, "现场要求");
        LoadedRulePack pack = RulePackCatalog.WithOverrides("hohhot-2025", [set, new RuleOverride("$.levels[3].scenes", "9")]);
        Assert.Equal((0.8m, 9), (pack.Rules.MinCoverage, pack.Rules.Levels[2].Scenes));
        Assert.Equal(set, pack.Overrides[0]);
        Assert.Equal(RulePackCatalog.Load("hohhot-2025").Sha256, pack.Sha256);
        Assert.Contains("OVERRIDE $.minCoverage = 0.8, by 评审专家: 现场要求", RulePackText.Write(pack));
    }

    [Theory]
    [InlineData("$.minCoverage", "1.2")]
    [InlineData("$.minCoverage", "much")]
    [InlineData("$.minCoverge", "0.8")]
    [InlineData("minCoverage", "0.8")]
    [InlineData("$", "{}")]
    [InlineData("$.levels[9].score", "50")]
    [InlineData("$.levels[2", "50")]
    [InlineData("$.allowSimulated", "true")]
    [InlineData("$.demonstration", "true")]
    [InlineData("$.id", "\"mine\"")]
    [InlineData("$.dimensions[数字化基础].weight", "40")]
    public void A_wrong_override_is_refused(string path, string value) =>
        Assert.Throws<RulePackException>(() => RulePackCatalog.WithOverrides("miit-2024", [new RuleOverride(path, value)]));

    [Fact]
    public void A_pack_lies_over_its_base_and_its_hash_covers_both()
    {
        byte[] mine = Encoding.UTF8.GetBytes("""{"id":"mine","version":"1","title":"t","source":"s","base":"hohhot-2025","minGood":30,"levels":[{"level":3,"scenes":9}],"sources":{"$.minGood":{"from":"Unchecked"}}}""");
        LoadedRulePack pack = RulePackCatalog.Parse(mine, "mine");
        Assert.Equal((30L, 9, 5, 350_000m), (pack.Rules.MinGood, pack.Rules.Levels[2].Scenes, pack.Rules.Levels[2].Constrained, pack.Rules.Subsidy!.Rates[0].MaxYuan));
        Assert.Equal(FactSource.Unchecked, pack.Rules.SourceOf("$.minGood")!.From);
        byte[] below = Encoding.ASCII.GetBytes(RulePackCatalog.Load("hohhot-2025").Sha256 + "\n");
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([.. below, .. mine])), pack.Sha256);
    }

    [Fact]
    public void Packs_read_back_from_their_own_json_and_the_schema_names_every_member()
    {
        foreach (string id in RulePackCatalog.EmbeddedIds.Where(i => i != "miit-2022"))
        {
            RulePack pack = RulePackCatalog.Load(id).Rules;
            JsonObject whole = JsonNode.Parse(RulePackText.Json(pack))!.AsObject();
            whole.Remove("base");
            Assert.Equal(RulePackText.Json(pack with { Base = null }), RulePackText.Json(RulePackCatalog.Parse(Encoding.UTF8.GetBytes(whole.ToJsonString()), id).Rules));
        }

        JsonObject schema = JsonNode.Parse(RulePackSchema.Text())!.AsObject();
        Assert.Equal(Pack().Select(m => m.Key).Append("base").Append("windowMinutes").Order(), schema["properties"]!.AsObject().Select(m => m.Key).Order());
        Assert.DoesNotContain("\"required\"", schema["properties"]!.ToJsonString());
    }

    private static decimal Best(RulePack pack, RulePackQuestion item) => item.Type == QuestionType.Single
        ? item.Options.Max(o => pack.PointsOf(item, [o.Key]))
        : pack.PointsOf(item, [.. item.Options.Select(o => o.Key)]);

    private static JsonObject Pack()
    {
        using Stream stream = typeof(RulePack).Assembly.GetManifestResourceStream("RulePacks/miit-2024.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
