using System.Net;
using System.Text.Json;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Portfolio;
using EdgeAgent.Tests.Web.Assess;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Portfolio;

namespace EdgeAgent.Tests.Web.Portfolio;

public sealed class PortfolioApiTests
{
    private static readonly DateTimeOffset Now = new(2025, 11, 20, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Enterprises_come_with_their_figures_and_reasons_and_an_assessor_of_one_does_not_see_the_others()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        JsonElement view = await server.AskAsync("GET", "/api/portfolio", AccessRole.Admin, HttpStatusCode.OK);
        JsonElement own = view.GetProperty("items")[0];
        Assert.Equal(("plant", 1, 0), (own.GetProperty("site").GetString(), own.GetProperty("devices").GetInt32(), own.GetProperty("level").GetInt32()));
        Assert.Contains(own.GetProperty("attention").EnumerateArray(), a => a.GetProperty("code").GetString() == "BELOW_LEVEL_2" && a.GetProperty("text").GetProperty("zh").GetString()!.Contains("二级"));
        Assert.True(view.GetProperty("everyCheck").GetBoolean());
        JsonElement site = await server.AskAsync("GET", "/api/portfolio/plant", AccessRole.Engineer, HttpStatusCode.OK);
        JsonElement press = Assert.Single(site.GetProperty("devices").EnumerateArray());
        Assert.Equal(("A-1", false, "未绑定"), (press.GetProperty("assetNo").GetString(), press.GetProperty("networked").GetBoolean(), press.GetProperty("reasons")[0].GetProperty("zh").GetString()![..3]));
        Assert.True(site.GetProperty("isOwn").GetBoolean());
        await server.AskAsync("GET", "/api/portfolio/nowhere", AccessRole.Engineer, HttpStatusCode.NotFound);
        await server.AskAsync("GET", "/api/portfolio/plant", AccessRole.Assessor, HttpStatusCode.Forbidden);
        await server.AskAsync("GET", "/api/portfolio", AccessRole.Assessor, HttpStatusCode.Forbidden);
        await server.AskAsync("GET", "/api/portfolio", AccessRole.Viewer, HttpStatusCode.Forbidden);
    }

    [Fact]
    public void What_needs_somebody_most_weighs_most()
    {
        EnterpriseSummary fine = new("s", "某厂", "", "", 10, null, null, new Fraction(99, 100), 55, 2, "二级", true, "", 0, null, false, null);
        Assert.Empty(Attention.Of(fine, 0, 2, 0, 100, Now));
        int silent = Weight(fine with { StoppedSending = true }, 0, 100), severe = Weight(fine with { SevereFindings = 1, FindingCodes = [FindingCode.FrozenValues] }, 0, 100);
        int overdue = Weight(fine, 0, -1), soon = Weight(fine, 0, 10), alarms = Weight(fine, 3, 100), low = Weight(fine with { Completeness = new Fraction(1, 2) }, 0, 100);
        Assert.True(silent > overdue && overdue > severe && severe > soon && soon > alarms && alarms >= low && low > 0);
        Assert.Equal(["STOPPED_SENDING", "OVERDUE"], Attention.Of(fine with { StoppedSending = true }, 2, 2, null, -3, Now).Select(a => a.Code));
    }

    private static int Weight(EnterpriseSummary enterprise, int alarms, int daysLeft) => Attention.Of(enterprise, 0, 2, alarms, daysLeft, Now).Sum(a => a.Weight);
}
