using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Tests.RulePacks;

public sealed class RulePackTests
{
    [Fact]
    public void The_embedded_packs_are_found_by_id()
    {
        Assert.Equal(["demo", "hohhot-2025", "miit-2022", "miit-2024"], RulePackCatalog.EmbeddedIds);
        Assert.All(RulePackCatalog.EmbeddedIds, id => Assert.Equal(id, RulePackCatalog.Load(id, bandsToo: true).Rules.Id));
    }

    [Fact]
    public void The_default_pack_has_the_documented_numbers()
    {
        RulePack pack = RulePackCatalog.Load(RulePackCatalog.DefaultId).Rules;
        Assert.Equal((7, 0.75m, 0.90m, 5, 24L, 72), (pack.WindowDays, pack.MinCoverage, pack.GoodCoverage, pack.MinActiveDays, pack.MinGood, pack.MinObservedHours));
        Assert.Equal([1, 2, 4, 6], pack.BinsTenths);
        Assert.Equal([0, 1.5m, 3, 4.5m, 6], pack.Networking.Points);
        Assert.False(pack.AllowSimulated || pack.Demonstration || pack.MonitorOnlyIsDigital);
        Assert.True(pack.NetworkedNeedsDigital && pack.CountAgentDowntime);
    }

    [Fact]
    public void A_file_is_read_by_its_path_and_hashed_byte_for_byte()
    {
        string path = Path.Combine(Path.GetTempPath(), $"pack-{Guid.NewGuid():N}.json");
        byte[] bytes = Encoding.UTF8.GetBytes("// ours\n" + Default().ToJsonString());
        File.WriteAllBytes(path, bytes);
        try
        {
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), RulePackCatalog.Load(path).Sha256);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_pack_that_is_not_there_is_named()
    {
        Assert.Contains("demo, hohhot-2025, miit-2022, miit-2024", Assert.Throws<RulePackException>(() => RulePackCatalog.Load("miit-2042")).Message);
        Assert.Throws<RulePackException>(() => RulePackCatalog.Load("/nonexistent/pack.json"));
    }

    [Theory]
    [InlineData("minCoverage", "\"much\"")]
    [InlineData("minCoverage", "0")]
    [InlineData("minCoverage", "1.01")]
    [InlineData("minCoverage", "0.95")]
    [InlineData("minCoverge", "0.75")]
    [InlineData("binsTenths", "[1,2,4]")]
    [InlineData("binsTenths", "[2,1,4,6]")]
    [InlineData("binsTenths", "[1,2,4,10]")]
    [InlineData("binsTenths", "[]")]
    [InlineData("countedStatus", "[\"在用\",\"坏了\"]")]
    [InlineData("countedStatus", "[]")]
    [InlineData("countedStatus", "[\"在用\",\"在用\"]")]
    [InlineData("countedStatus", "[\"报废\"]")]
    [InlineData("digitalBasis", "[\"无\"]")]
    [InlineData("allowSimulated", "true")]
    [InlineData("countAgentDowntime", "false")]
    [InlineData("windowDays", "0")]
    [InlineData("windowDays", "null")]
    [InlineData("windowMinutes", "10")]
    [InlineData("historyDays", "-1")]
    [InlineData("minActiveHours", "25")]
    [InlineData("minGood", "0")]
    [InlineData("id", "\"../miit\"")]
    [InlineData("title", "null")]
    [InlineData("holidays", "[\"2025-13-01\"]")]
    [InlineData("networking", "{\"no\":3,\"title\":\"t\",\"points\":[0,1,2,3,4]}")]
    [InlineData("maxStopShare", "1")]
    [InlineData("steadyTolerance", "-0.1")]
    [InlineData("dimensions", "[]")]
    [InlineData("items", "[]")]
    [InlineData("scenes", "[]")]
    [InlineData("levels", "[]")]
    [InlineData("sources", "{}")]
    [InlineData("base", "\"miit-2042\"")]
    public void A_wrong_member_is_refused(string member, string json)
    {
        JsonObject pack = Default();
        pack[member] = JsonNode.Parse(json);
        Assert.Throws<RulePackException>(() => RulePackCatalog.Parse(Encoding.UTF8.GetBytes(pack.ToJsonString()), "test"));
    }

    [Fact]
    public void A_missing_member_is_refused()
    {
        JsonObject pack = Default();
        pack.Remove("minGood");
        Assert.Contains("minGood", Assert.Throws<RulePackException>(() => RulePackCatalog.Parse(Encoding.UTF8.GetBytes(pack.ToJsonString()), "test")).Message);
    }

    [Fact]
    public void Every_problem_is_named_at_once()
    {
        JsonObject pack = Default();
        pack["minGood"] = 0;
        pack["minActiveHours"] = 25;
        pack["countedCategories"] = new JsonArray("宠物");
        Assert.Equal(3, Assert.Throws<RulePackException>(() => RulePackCatalog.Parse(Encoding.UTF8.GetBytes(pack.ToJsonString()), "test")).Problems.Count);
    }

    private static JsonObject Default()
    {
        using Stream stream = typeof(RulePack).Assembly.GetManifestResourceStream("RulePacks/miit-2024.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
