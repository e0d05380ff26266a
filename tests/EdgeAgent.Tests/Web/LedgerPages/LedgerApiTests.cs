using System.Net;
using System.Text.Json;
using EdgeAgent.Tests.Web.Assess;
using EdgeAgent.Web.Access;

namespace EdgeAgent.Tests.Web.LedgerPages;

public sealed class LedgerApiTests
{
    [Fact]
    public async Task The_first_change_takes_the_configured_file_over_so_that_no_asset_is_lost()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        JsonElement before = await server.AskAsync("GET", "/api/ledger", AccessRole.Viewer, HttpStatusCode.OK);
        Assert.Equal(("file", 1), (before.GetProperty("source").GetString(), before.GetProperty("assets").GetInt32()));
        await server.AskAsync("PUT", "/api/ledger/assets/A-2", AccessRole.Engineer, HttpStatusCode.OK,
            """{"fields":{"name":"车床","category":"生产设备","status":"在用","commissionDate":"2021-05-01","digitalBasis":"PLC"},"reason":"补录"}""");
        JsonElement page = await server.AskAsync("GET", "/api/ledger/assets", AccessRole.Viewer, HttpStatusCode.OK);
        Assert.Equal(["A-1", "A-2"], Numbers(page));
        JsonElement history = await server.AskAsync("GET", "/api/ledger/history", AccessRole.Assessor, HttpStatusCode.OK);
        Assert.Equal((2, "补录", "a Engineer"), (history.GetProperty("total").GetInt32(), First(history).GetProperty("why").GetString(), First(history).GetProperty("who").GetString()![..10]));
    }

    [Fact]
    public async Task An_edit_changes_what_was_given_and_keeps_its_history_and_what_it_was_decided_on()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        string seen = (await server.AskAsync("GET", "/api/ledger/assets/A-1", AccessRole.Engineer, HttpStatusCode.OK)).GetProperty("stamp").GetString()!;
        string edit = $$"""{"fields":{"workshop":"一车间"},"reason":"盘点","seen":"{{seen}}"}""";
        await server.AskAsync("PUT", "/api/ledger/assets/A-1", AccessRole.Engineer, HttpStatusCode.OK, edit);
        JsonElement asset = await server.AskAsync("GET", "/api/ledger/assets/a-1", AccessRole.Engineer, HttpStatusCode.OK);
        Assert.Equal(("压机", "一车间"), (asset.GetProperty("fields").GetProperty("name").GetString(), asset.GetProperty("fields").GetProperty("workshop").GetString()));
        JsonElement change = asset.GetProperty("history")[0].GetProperty("fields")[0];
        Assert.Equal(("车间", "", "一车间"), (change.GetProperty("field").GetString(), change.GetProperty("before").GetString(), change.GetProperty("after").GetString()));
        JsonElement moved = await server.AskAsync("PUT", "/api/ledger/assets/A-1", AccessRole.Engineer, HttpStatusCode.Conflict, edit.Replace("一车间", "二车间", StringComparison.Ordinal));
        Assert.Contains("更改", moved.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"fields":{"status":"坏了"},"reason":"x"}""", "不是规定的用语")]
    [InlineData("""{"fields":{"name":"=cmd()"},"reason":"x"}""", "公式")]
    [InlineData("""{"fields":{"commissionDate":"昨天"},"reason":"x"}""", "不是日期")]
    [InlineData("""{"fields":{"colour":"red"},"reason":"x"}""", "不是台账的字段")]
    [InlineData("""{"fields":{"workshop":"甲"},"reason":" "}""", "原因")]
    [InlineData("""{"fields":{},"reason":"x"}""", "没有任何变更")]
    [InlineData("""{"fields":{"assetNo":"A-9"},"reason":"x"}""", "资产编号不能更改")]
    [InlineData("""{"reason":"x"}""", "JSON")]
    public async Task A_wrong_edit_is_refused_in_words_and_changes_nothing(string body, string says)
    {
        await using AssessServer server = await AssessServer.StartAsync();
        JsonElement problem = await server.AskAsync("PUT", "/api/ledger/assets/A-1", AccessRole.Engineer, HttpStatusCode.BadRequest, body);
        Assert.Contains(says, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("file", (await server.AskAsync("GET", "/api/ledger", AccessRole.Viewer, HttpStatusCode.OK)).GetProperty("source").GetString());
    }

    [Fact]
    public async Task The_ledger_is_shown_as_of_any_instant_searched_sorted_and_in_pages()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        await AddAsync(server, "B-7", "注塑机");
        server.Time.Advance(TimeSpan.FromDays(1));
        await AddAsync(server, "C-1", "冲床");
        Assert.Equal(["A-1", "B-7"], Numbers(await server.AskAsync("GET", "/api/ledger/assets?asOf=2025-11-21", AccessRole.Viewer, HttpStatusCode.OK)));
        Assert.Equal(["C-1"], Numbers(await server.AskAsync("GET", "/api/ledger/assets?search=" + Uri.EscapeDataString("冲床"), AccessRole.Viewer, HttpStatusCode.OK)));
        Assert.Equal(["C-1", "B-7"], Numbers(await server.AskAsync("GET", "/api/ledger/assets?sort=-assetNo&limit=2", AccessRole.Viewer, HttpStatusCode.OK)));
        await server.AskAsync("GET", "/api/ledger/assets?sort=colour", AccessRole.Viewer, HttpStatusCode.BadRequest);
        await server.AskAsync("GET", "/api/ledger/assets?limit=5000", AccessRole.Viewer, HttpStatusCode.BadRequest);
        await server.AskAsync("GET", "/api/ledger/assets?asOf=2999-01-01", AccessRole.Viewer, HttpStatusCode.BadRequest);
        await server.AskAsync("GET", "/api/ledger/assets/Z-1", AccessRole.Viewer, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Stops_areas_processes_bindings_and_profile_are_recorded_and_taken_back()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        string stop = (await server.AskAsync("POST", "/api/ledger/stops", AccessRole.Engineer, HttpStatusCode.OK,
            """{"assetNo":"A-1","from":"2025-11-21T00:00:00+08:00","to":"2025-11-22T00:00:00+08:00","reason":"检修"}""")).GetProperty("id").GetString()!;
        await server.AskAsync("POST", "/api/ledger/stops", AccessRole.Engineer, HttpStatusCode.BadRequest,
            """{"assetNo":"A-1","from":"2025-11-22T00:00:00+08:00","to":"2025-11-21T00:00:00+08:00","reason":"检修"}""");
        await server.AskAsync("PUT", "/api/ledger/areas", AccessRole.Engineer, HttpStatusCode.OK, """{"workshop":"三车间","line":"1线","reason":"建档"}""");
        await server.AskAsync("PUT", "/api/ledger/processes", AccessRole.Engineer, HttpStatusCode.OK, """{"name":"焊接","isKey":true,"reason":"建档"}""");
        await server.AskAsync("PUT", "/api/ledger/bindings", AccessRole.Engineer, HttpStatusCode.OK, """{"agent":"gw-01","device":"press","assetNo":"A-1","reason":"接线"}""");
        await server.AskAsync("PUT", "/api/ledger/bindings", AccessRole.Engineer, HttpStatusCode.BadRequest, """{"agent":"gw-01","device":"press","assetNo":"A-77","reason":"接线"}""");
        JsonElement wrong = await server.AskAsync("PUT", "/api/ledger/profile", AccessRole.Engineer, HttpStatusCode.BadRequest,
            """{"profile":{"name":"某厂","creditCode":"91150100MA0Q000001"},"reason":"建档"}""");
        Assert.Contains("统一社会信用代码", wrong.GetProperty("detail").GetString(), StringComparison.Ordinal);
        JsonElement ledger = await server.AskAsync("GET", "/api/ledger", AccessRole.Viewer, HttpStatusCode.OK);
        Assert.Equal((1, "三车间", true), (ledger.GetProperty("stops").GetArrayLength(), ledger.GetProperty("areas")[0].GetProperty("workshop").GetString(), ledger.GetProperty("processes")[0].GetProperty("isKey").GetBoolean()));
        server.Time.Advance(TimeSpan.FromMinutes(1));
        await server.AskAsync("POST", "/api/ledger/bindings/end", AccessRole.Engineer, HttpStatusCode.OK, """{"agent":"gw-01","device":"press","reason":"拆线"}""");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        await server.AskAsync("POST", "/api/ledger/bindings/end", AccessRole.Engineer, HttpStatusCode.Conflict, """{"agent":"gw-01","device":"press","reason":"拆线"}""");
        await server.AskAsync("DELETE", $"/api/ledger/stops/{stop}", AccessRole.Engineer, HttpStatusCode.BadRequest);
        await server.AskAsync("DELETE", $"/api/ledger/stops/{stop}?reason=x", AccessRole.Engineer, HttpStatusCode.OK);
        await server.AskAsync("DELETE", "/api/ledger/areas?workshop=" + Uri.EscapeDataString("三车间") + "&line=" + Uri.EscapeDataString("1线") + "&reason=x", AccessRole.Engineer, HttpStatusCode.OK);
        await server.AskAsync("DELETE", "/api/ledger/assets/A-1?reason=x", AccessRole.Engineer, HttpStatusCode.OK);
        Assert.Empty(Numbers(await server.AskAsync("GET", "/api/ledger/assets", AccessRole.Viewer, HttpStatusCode.OK)));
        JsonElement binding = (await server.AskAsync("GET", "/api/ledger/bindings", AccessRole.Viewer, HttpStatusCode.OK)).GetProperty("bindings")[0];
        Assert.NotEqual(JsonValueKind.Null, binding.GetProperty("to").ValueKind);
    }

    [Fact]
    public async Task What_is_exported_imports_as_unchanged()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        await AddAsync(server, "B-7", "注塑机");
        foreach (string format in new[] { "csv", "xlsx" })
        {
            HttpResponseMessage file = await server.SendAsync("GET", $"/api/ledger/export?format={format}", server.TokenFor(AccessRole.Viewer));
            JsonElement preview = await server.AskAsync("POST", $"/api/ledger/imports?name=l.{format}", AccessRole.Engineer, HttpStatusCode.Created, file: await file.Content.ReadAsByteArrayAsync());
            Assert.Equal((2, false), (preview.GetProperty("unchanged").GetInt32(), preview.GetProperty("canCommit").GetBoolean()));
        }

        await server.AskAsync("GET", "/api/ledger/export?format=exe", AccessRole.Viewer, HttpStatusCode.BadRequest);
    }

    internal static Task AddAsync(AssessServer server, string number, string name) => server.AskAsync(
        "PUT", $"/api/ledger/assets/{number}", AccessRole.Engineer, HttpStatusCode.OK,
        $$$"""{"fields":{"name":"{{{name}}}","category":"生产设备","status":"在用","commissionDate":"2021-05-01"},"reason":"补录"}""");

    internal static string[] Numbers(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("fields").GetProperty("assetNo").GetString()!)];

    private static JsonElement First(JsonElement page) => page.GetProperty("items")[0];
}
