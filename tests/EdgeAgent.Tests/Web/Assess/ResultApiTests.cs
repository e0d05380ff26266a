using System.Net;
using System.Text.Json;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Tests.Web.LedgerPages;
using EdgeAgent.Web.Access;

namespace EdgeAgent.Tests.Web.Assess;

public sealed class ResultApiTests
{
    [Fact]
    public async Task The_page_gets_the_result_with_texts_in_both_languages_and_every_reason_has_one()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        JsonElement page = await server.AskAsync("GET", "/api/assess/result", AccessRole.Viewer, HttpStatusCode.OK);
        JsonElement device = page.GetProperty("result").GetProperty("devices")[0];
        Assert.Equal("NO_BINDING", device.GetProperty("reasons")[0].GetString());
        JsonElement reasons = page.GetProperty("texts").GetProperty("reasons");
        foreach (ReasonCode code in Enum.GetValues<ReasonCode>())
        {
            Assert.Matches("\\p{IsCJKUnifiedIdeographs}", reasons.GetProperty(code.Text()).GetProperty("zh").GetString()!);
            Assert.NotEmpty(reasons.GetProperty(code.Text()).GetProperty("en").GetString()!);
        }

        Assert.Equal([10m, 20m, 40m, 60m], page.GetProperty("texts").GetProperty("bands").EnumerateArray().Select(b => b.GetDecimal()));
        JsonElement drill = await server.AskAsync("GET", "/api/assess/devices/a-1", AccessRole.Viewer, HttpStatusCode.OK);
        Assert.Equal(("A-1", false, "NO_BINDING"), (drill.GetProperty("assetNo").GetString(), drill.GetProperty("counts").GetBoolean(), drill.GetProperty("reasons")[0].GetProperty("code").GetString()));
        await server.AskAsync("GET", "/api/assess/devices/Z-1", AccessRole.Viewer, HttpStatusCode.NotFound);
        await server.AskAsync("GET", "/api/assess/result?pack=/etc/passwd", AccessRole.Viewer, HttpStatusCode.BadRequest);
        await server.AskAsync("GET", "/api/assess/result?pack=miit-2024&window=1d", AccessRole.Viewer, HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_result_at_hand_is_given_and_a_newer_one_made_beside_it_but_a_change_of_the_ledger_shows_at_once()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        string first = ComputedAt(await server.AskAsync("GET", "/api/assess/result", AccessRole.Viewer, HttpStatusCode.OK));
        server.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(first, ComputedAt(await server.AskAsync("GET", "/api/assess/result", AccessRole.Viewer, HttpStatusCode.OK)));
        server.Time.Advance(TimeSpan.FromMinutes(1));
        JsonElement stale = await server.AskAsync("GET", "/api/assess/result", AccessRole.Viewer, HttpStatusCode.OK);
        Assert.Equal((first, true), (ComputedAt(stale), stale.GetProperty("refreshing").GetBoolean()));
        await TestKit.Eventually.TrueAsync(async () => ComputedAt(await server.AskAsync("GET", "/api/assess/result", AccessRole.Viewer, HttpStatusCode.OK)) != first, "a newer result is made beside the requests");
        await LedgerApiTests.AddAsync(server, "A-2", "车床");
        JsonElement changed = await server.AskAsync("GET", "/api/assess/result", AccessRole.Viewer, HttpStatusCode.OK);
        Assert.Equal(2, changed.GetProperty("result").GetProperty("counts").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Answers_need_known_options_and_evidence_and_can_be_taken_back()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        JsonElement questions = await server.AskAsync("GET", "/api/assess/questionnaire", AccessRole.Viewer, HttpStatusCode.OK);
        Assert.Equal((15, 16), (questions.GetProperty("items").GetArrayLength(), questions.GetProperty("scenes").GetArrayLength()));
        JsonElement item = questions.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("question").GetProperty("no").GetInt32() == 5).GetProperty("question");
        string option = item.GetProperty("options")[1].GetProperty("key").GetString()!;
        JsonElement bare = await server.AskAsync("PUT", "/api/assess/items/5", AccessRole.Engineer, HttpStatusCode.BadRequest, $$"""{"options":["{{option}}"],"numbers":{},"evidence":[],"reason":"作答"}""");
        Assert.Contains("没有佐证", bare.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await server.AskAsync("PUT", "/api/assess/items/5", AccessRole.Engineer, HttpStatusCode.BadRequest, """{"options":["no such"],"numbers":{},"evidence":[{"title":"x"}],"reason":"作答"}""");
        await server.AskAsync("PUT", "/api/assess/items/2", AccessRole.Engineer, HttpStatusCode.BadRequest, """{"options":["A"],"numbers":{},"evidence":[{"title":"x"}],"reason":"作答"}""");
        await server.AskAsync("PUT", "/api/assess/items/x", AccessRole.Engineer, HttpStatusCode.BadRequest, """{"options":[],"numbers":{},"evidence":[],"reason":"作答"}""");
        await server.AskAsync("PUT", "/api/assess/items/5", AccessRole.Engineer, HttpStatusCode.OK, $$"""{"options":["{{option}}"],"numbers":{},"evidence":[{"title":"系统截图","chapter":"3.1","page":"12"}],"reason":"作答"}""");
        await server.AskAsync("PUT", "/api/assess/scenes/" + Uri.EscapeDataString("生产管控"), AccessRole.Engineer, HttpStatusCode.OK, """{"level":2,"levelBefore":1,"evidence":[{"title":"系统截图"}],"reason":"作答"}""");
        await server.AskAsync("PUT", "/api/assess/scenes/" + Uri.EscapeDataString("生产管控"), AccessRole.Engineer, HttpStatusCode.BadRequest, """{"level":7,"evidence":[{"title":"系统截图"}],"reason":"作答"}""");
        JsonElement result = (await server.AskAsync("GET", "/api/assess/result", AccessRole.Viewer, HttpStatusCode.OK)).GetProperty("result");
        Assert.True(result.GetProperty("items")[4].GetProperty("ticked").GetArrayLength() == 1);
        await server.AskAsync("DELETE", "/api/assess/items/5", AccessRole.Engineer, HttpStatusCode.BadRequest);
        await server.AskAsync("DELETE", "/api/assess/items/5?reason=x", AccessRole.Engineer, HttpStatusCode.OK);
        await server.AskAsync("DELETE", "/api/assess/items/5?reason=x", AccessRole.Engineer, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_baseline_is_taken_once()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        // A page that is open has a result at hand already; the baseline must be in the next one.
        JsonElement before = (await server.AskAsync("GET", "/api/assess/result?asOf=2025-11-19", AccessRole.Viewer, HttpStatusCode.OK)).GetProperty("result");
        Assert.Equal(JsonValueKind.Null, before.GetProperty("beforeAfter").ValueKind);
        await server.AskAsync("POST", "/api/assess/baseline", AccessRole.Engineer, HttpStatusCode.BadRequest, """{"asOf":"2999-01-01"}""");
        await server.AskAsync("POST", "/api/assess/baseline", AccessRole.Engineer, HttpStatusCode.BadRequest, """{"asOf":"2025-11-01","declared":{"total":5,"digital":2,"networked":1,"sha256":"00","networkedAssets":[]}}""");
        JsonElement taken = await server.AskAsync("POST", "/api/assess/baseline", AccessRole.Engineer, HttpStatusCode.Created, """{"asOf":"2025-11-01"}""");
        Assert.Equal(("observed", 1), (taken.GetProperty("kind").GetString(), taken.GetProperty("total").GetInt32()));
        await server.AskAsync("POST", "/api/assess/baseline", AccessRole.Engineer, HttpStatusCode.Conflict, """{"asOf":"2025-11-02"}""");
        JsonElement result = (await server.AskAsync("GET", "/api/assess/result?asOf=2025-11-19", AccessRole.Viewer, HttpStatusCode.OK)).GetProperty("result");
        Assert.NotEqual(JsonValueKind.Null, result.GetProperty("beforeAfter").ValueKind);
    }

    private static string ComputedAt(JsonElement page) => page.GetProperty("result").GetProperty("computedAt").GetString()!;
}
