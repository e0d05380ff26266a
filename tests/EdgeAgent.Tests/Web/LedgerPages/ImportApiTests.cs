using System.Net;
using System.Text;
using System.Text.Json;
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

    private static string Id(JsonElement preview) => preview.GetProperty("id").GetString()!;

    private static Task<JsonElement> PreviewAsync(AssessServer server, string csv) =>
        server.AskAsync("POST", "/api/ledger/imports?name=ledger.csv", AccessRole.Engineer, HttpStatusCode.Created, file: Encoding.UTF8.GetBytes(csv));
}
