using System.Text.Json;
using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Portfolio;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Tests.Portfolio;

/// <summary>Many enterprises in one table.</summary>
public sealed class PortfolioTests
{
    private static readonly LoadedRulePack Pack = RulePackCatalog.Load("miit-2024");

    [Fact]
    public void Levels_industries_and_the_closest_are_counted()
    {
        PortfolioReport report = Report();
        Assert.Equal([1, 0, 1, 1, 0], report.ByLevel.Select(l => l.Enterprises));
        Assert.Equal("66.67% (2/3)", report.AtLevel2.ToString());
        Assert.Equal((4, 1), (report.Enterprises, report.Sites.Count(s => s.Problem is not null)));
        IndustrySummary textiles = report.ByIndustry.Single(i => i.Industry == "纺织");
        Assert.Equal((2, "43.33% (13/30)"), (textiles.Enterprises, textiles.Networking.ToString()));
        Assert.Equal(("b", 3, 1), (report.CloseToNextOption[0].Site, report.CloseToNextOption[0].Item, report.CloseToNextOption[0].Devices));
        Assert.Equal(["c"], report.StoppedSending);
    }

    [Fact]
    public void The_order_of_enterprises_plays_no_part() => Assert.Equal(PortfolioJson.Write(Report()), PortfolioJson.Write(Report(reverse: true)));

    [Fact]
    public void It_is_written_for_programs_and_people()
    {
        using JsonDocument json = JsonDocument.Parse(PortfolioJson.Write(Report()));
        Assert.Equal("66.67%", json.RootElement.GetProperty("atLevel2").GetProperty("percent").GetString());
        Assert.Equal("a", json.RootElement.GetProperty("sites")[0].GetProperty("site").GetString());
        string table = PortfolioTable.Write(Report());
        Assert.Contains("二级及以上 66.67% (2/3)", table);
        Assert.Contains("停止上传", table);
        Assert.Contains("no ledger", table);
    }

    [Fact]
    public async Task Each_enterprise_gets_what_it_gets_alone()
    {
        Scene scene = new();
        scene.Asset("A").Asset("B").Observed("A").Observed("A", Scene.WindowTo, Scene.WindowTo + 100);
        using AccountCache cache = new(scene.Store.Store, allowSimulated: false);
        PortfolioReport report = await new PortfolioAssessment(scene.Store.Store, cache, Pack, new Scene.FixedTime(Scene.AsOf.AddHours(50)))
            .AssessAsync([new PortfolioEnterprise("plant", scene.Ledger, null, PointTable.Empty), new PortfolioEnterprise("other", null, "nothing recorded", PointTable.Empty)], Scene.AsOf, CancellationToken.None);
        EnterpriseSummary plant = report.Sites.Single(s => s.Site == "plant");
        Assert.Equal((1, 2, "D"), (plant.Networking!.N, plant.Networking.D, plant.Networking.Option));
        Assert.False(plant.StoppedSending);
        Assert.Equal("nothing recorded", report.Sites.Single(s => s.Site == "other").Problem);
    }

    private static PortfolioReport Report(bool reverse = false)
    {
        EnterpriseSummary[] all =
        [
            Of("a", "纺织", level: 2, networked: 5, total: 10),
            Of("b", "纺织", level: 0, networked: 8, total: 20),
            Of("c", "食品", level: 3, networked: 10, total: 10, stopped: true),
            Of("d", "", level: 0, networked: 0, total: 0, problem: "no ledger"),
        ];
        return PortfolioReport.Of(Scene.AsOf, Pack, reverse ? all.Reverse() : all);
    }

    private static EnterpriseSummary Of(string site, string industry, int level, int networked, int total, bool stopped = false, string? problem = null) => new(
        site, site, industry, "", total,
        RateResult.Of(Pack.Rules.Digitalization, Pack.Rules.BinsTenths, total, total), RateResult.Of(Pack.Rules.Networking, Pack.Rules.BinsTenths, networked, total),
        new Fraction(9, 10), 40, level, $"{level}级", true, "", 0, null, stopped, problem);
}
