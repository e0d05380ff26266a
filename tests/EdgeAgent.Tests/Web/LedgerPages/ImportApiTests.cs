using System.Net;
using System.Text;
using System.Text.Json;
using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.Tests.Web.Assess;
using EdgeAgent.Web.Access;

namespace EdgeAgent.Tests.Web.LedgerPages;

public sealed class ImportApiTests
{
    private const string Header = "资产编号,设备名称,设备类别,状态,投用日期\r\n";

    [Fact]
    public async Task Bad_rows_are_named_in_both_languages_by_row_and_column_and_nothing_is_imported()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        JsonElement preview = await PreviewAsync(server, Header + "B-1,车床,生产设备,在用,2021-01-01\r\nB-2,铣床,生产机器,在用,2021-01-01\r\nB-3,,生产设备,在用,2021-01-01\r\nB-1,磨床,生产设备,在用,2021-01-01\r\n");
        Assert.Equal(
            [(3, "设备类别", "不是规定的用语", "is not known"), (4, "设备名称", "为空", "is empty"), (5, "资产编号", "与第 2 行的编号重复", "is the number of row 2 too")],
            preview.GetProperty("errors").EnumerateArray().Select(e => (
                e.GetProperty("row").GetInt32(), e.GetProperty("column").GetString()!, e.GetProperty("problem").GetProperty("zh").GetString()!, e.GetProperty("problem").GetProperty("en").GetString()!)));
        await server.AskAsync("POST", $"/api/ledger/imports/{Id(preview)}/commit", AccessRole.Engineer, HttpStatusCode.Conflict, """{"reason":"建账"}""");
        Assert.Equal("file", (await server.AskAsync("GET", "/api/ledger", AccessRole.Viewer, HttpStatusCode.OK)).GetProperty("source").GetString());
    }

    [Fact]
    public async Task A_commit_records_what_the_preview_showed_as_one_event_beside_what_was_there()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        JsonElement preview = await PreviewAsync(server, Header + "A-1,大压机,生产设备,在用,2020-01-01\r\nB-1,车床,生产设备,在用,2021-01-01\r\n");
        Assert.Equal((1, 1), (preview.GetProperty("adds").GetArrayLength(), preview.GetProperty("changes").GetArrayLength()));
        await server.AskAsync("POST", $"/api/ledger/imports/{Id(preview)}/commit", AccessRole.Engineer, HttpStatusCode.BadRequest, """{"reason":""}""");
        JsonElement recorded = await server.AskAsync("POST", $"/api/ledger/imports/{Id(preview)}/commit", AccessRole.Engineer, HttpStatusCode.OK, """{"reason":"建账"}""");
        Assert.Equal(2, recorded.GetProperty("sequence").GetInt64()); // the configured file is the first
        Assert.Equal(["A-1", "B-1"], LedgerApiTests.Numbers(await server.AskAsync("GET", "/api/ledger/assets", AccessRole.Viewer, HttpStatusCode.OK)));
        await server.AskAsync("POST", $"/api/ledger/imports/{Id(preview)}/commit", AccessRole.Engineer, HttpStatusCode.NotFound, """{"reason":"建账"}""");
    }

    [Fact]
    public async Task A_commit_is_refused_when_the_ledger_has_changed_since_and_a_preview_ends_by_itself()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        await LedgerApiTests.AddAsync(server, "C-1", "冲床");
        JsonElement preview = await PreviewAsync(server, Header + "B-1,车床,生产设备,在用,2021-01-01\r\n");
        await LedgerApiTests.AddAsync(server, "C-2", "冲床");
        await server.AskAsync("POST", $"/api/ledger/imports/{Id(preview)}/commit", AccessRole.Engineer, HttpStatusCode.Conflict, """{"reason":"建账"}""");
        server.Time.Advance(TimeSpan.FromMinutes(31));
        await server.AskAsync("GET", $"/api/ledger/imports/{Id(preview)}", AccessRole.Engineer, HttpStatusCode.NotFound);
        await server.AskAsync("POST", "/api/ledger/imports?name=x.csv", AccessRole.Engineer, HttpStatusCode.BadRequest, file: []);
        await server.AskAsync("POST", "/api/ledger/imports", AccessRole.Engineer, HttpStatusCode.BadRequest, file: [1]);
        await server.AskAsync("POST", "/api/ledger/imports?name=x.csv", AccessRole.Engineer, HttpStatusCode.RequestEntityTooLarge, file: new byte[(20 << 20) + 1]);
    }

    [Fact]
    public async Task A_workbook_with_three_bad_rows_is_named_by_sheet_and_row_and_once_mended_its_rows_are_in_the_table_and_its_sheets_in_the_ledger()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        JsonElement bad = await PreviewWorkbookAsync(server, "生产机器", "", "去年");
        Assert.Equal(
            [("设备台账", 3, "设备类别"), ("设备台账", 4, "设备名称"), ("设备台账", 5, "投用日期")],
            bad.GetProperty("errors").EnumerateArray().Select(e => (e.GetProperty("sheet").GetString()!, e.GetProperty("row").GetInt32(), e.GetProperty("column").GetString()!)));
        Assert.False(bad.GetProperty("canCommit").GetBoolean());
        await server.AskAsync("POST", $"/api/ledger/imports/{Id(bad)}/commit", AccessRole.Engineer, HttpStatusCode.Conflict, """{"reason":"建账"}""");

        JsonElement good = await PreviewWorkbookAsync(server, "生产设备", "钻床", "2021-01-01");
        Assert.Equal((4, 1), (good.GetProperty("adds").GetArrayLength(), good.GetProperty("others").GetArrayLength()));
        Assert.Equal(("区域", 2, "add"), good.GetProperty("others")[0] is var area ? (area.GetProperty("sheet").GetString(), area.GetProperty("row").GetInt32(), area.GetProperty("kind").GetString()) : default);
        await server.AskAsync("POST", $"/api/ledger/imports/{Id(good)}/commit", AccessRole.Engineer, HttpStatusCode.OK, """{"reason":"建账"}""");
        Assert.Equal(["A-1", "B-1", "B-2", "B-3", "B-4"], LedgerApiTests.Numbers(await server.AskAsync("GET", "/api/ledger/assets", AccessRole.Viewer, HttpStatusCode.OK)));
        JsonElement ledger = await server.AskAsync("GET", "/api/ledger", AccessRole.Viewer, HttpStatusCode.OK);
        Assert.Equal("仓库", Assert.Single(ledger.GetProperty("areas").EnumerateArray()).GetProperty("workshop").GetString());

        // What an export gives comes back with nothing to do.
        HttpResponseMessage export = await server.SendAsync("GET", "/api/ledger/export?format=xlsx", server.TokenFor(AccessRole.Viewer));
        JsonElement again = await server.AskAsync("POST", "/api/ledger/imports?name=export.xlsx&complete=true", AccessRole.Engineer, HttpStatusCode.Created, file: await export.Content.ReadAsByteArrayAsync());
        Assert.Equal((5, 0, false), (again.GetProperty("unchanged").GetInt32(), again.GetProperty("errors").GetArrayLength(), again.GetProperty("canCommit").GetBoolean()));
        Assert.Equal("变更记录", Assert.Single(again.GetProperty("passedOver").EnumerateArray()).GetString());
    }

    private static Task<JsonElement> PreviewWorkbookAsync(AssessServer server, string category, string name, string date)
    {
        using WorkbookWriter workbook = new();
        SheetWriter assets = workbook.AddSheet("设备台账", [.. Header.Trim().Split(',').Select(h => new SheetColumn(h))]);
        assets.AddRow("B-1", "车床", "生产设备", "在用", "2021-01-01");
        assets.AddRow("B-2", "铣床", category, "在用", "2021-01-01");
        assets.AddRow("B-3", name, "生产设备", "在用", "2021-01-01");
        assets.AddRow("B-4", "磨床", "生产设备", "在用", date);
        workbook.AddSheet("区域", [new("车间"), new("产线"), new("备注")]).AddRow("仓库", "", "没有生产设备");
        return server.AskAsync("POST", "/api/ledger/imports?name=ledger.xlsx", AccessRole.Engineer, HttpStatusCode.Created, file: workbook.ToBytes());
    }

    private static string Id(JsonElement preview) => preview.GetProperty("id").GetString()!;

    private static Task<JsonElement> PreviewAsync(AssessServer server, string csv) =>
        server.AskAsync("POST", "/api/ledger/imports?name=ledger.csv", AccessRole.Engineer, HttpStatusCode.Created, file: Encoding.UTF8.GetBytes(csv));
}
