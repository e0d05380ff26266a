using System.Net;
using System.Text;
using System.Text.Json;
using EdgeAgent.Tests.Web.Assess;
using EdgeAgent.Web.Access;

namespace EdgeAgent.Tests.Web.LedgerPages;

public sealed class FileApiTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];

    private static string Path(string name, string subject = "asset:A-1") => $"/api/ledger/files?subject={Uri.EscapeDataString(subject)}&name={Uri.EscapeDataString(name)}&reason=x";

    [Fact]
    public async Task A_photo_is_kept_under_its_hash_shown_inline_and_listed_with_its_asset()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        JsonElement kept = await server.AskAsync("POST", Path("铭牌.jpg") + "&kind=photo", AccessRole.Engineer, HttpStatusCode.Created, file: Png);
        string hash = kept.GetProperty("sha256").GetString()!;
        Assert.Equal("image/png", kept.GetProperty("mediaType").GetString()); // by its bytes, whatever its name says
        HttpResponseMessage shown = await server.SendAsync("GET", $"/api/ledger/files/{hash}", server.TokenFor(AccessRole.Assessor));
        Assert.Equal(Png, await shown.Content.ReadAsByteArrayAsync());
        Assert.Equal(("image/png", "inline", "nosniff"), (shown.Content.Headers.ContentType!.MediaType, shown.Content.Headers.ContentDisposition!.DispositionType, shown.Headers.GetValues("X-Content-Type-Options").Single()));
        JsonElement asset = await server.AskAsync("GET", "/api/ledger/assets/A-1", AccessRole.Viewer, HttpStatusCode.OK);
        Assert.Equal("铭牌.jpg", asset.GetProperty("files")[0].GetProperty("name").GetString());
        await server.AskAsync("GET", "/api/ledger/files/" + new string('0', 64), AccessRole.Assessor, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("page.html", "<html><script>alert(1)</script></html>")]
    [InlineData("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("harmless.txt", "  <script>alert(1)</script>")]
    [InlineData("tool.exe", "MZ\0\0")]
    [InlineData("binary.csv", "a,b\0c")]
    public async Task What_could_run_is_refused_by_its_content(string name, string content)
    {
        await using AssessServer server = await AssessServer.StartAsync();
        await server.AskAsync("POST", Path(name), AccessRole.Engineer, HttpStatusCode.UnsupportedMediaType, file: Encoding.UTF8.GetBytes(content));
    }

    [Fact]
    public async Task A_document_is_downloaded_and_what_is_too_large_empty_or_of_nothing_is_refused()
    {
        await using AssessServer server = await AssessServer.StartAsync();
        JsonElement kept = await server.AskAsync("POST", Path("合同.pdf", "project"), AccessRole.Engineer, HttpStatusCode.Created, file: "%PDF-1.7 x"u8.ToArray());
        HttpResponseMessage shown = await server.SendAsync("GET", $"/api/ledger/files/{kept.GetProperty("sha256").GetString()}", server.TokenFor(AccessRole.Assessor));
        Assert.Equal("attachment", shown.Content.Headers.ContentDisposition!.DispositionType);
        await server.AskAsync("POST", Path("x.png"), AccessRole.Engineer, HttpStatusCode.RequestEntityTooLarge, file: new byte[(20 << 20) + 1]);
        await server.AskAsync("POST", Path("x.png"), AccessRole.Engineer, HttpStatusCode.BadRequest, file: []);
        await server.AskAsync("POST", Path("x.png", "asset:A-77"), AccessRole.Engineer, HttpStatusCode.BadRequest, file: Png);
        await server.AskAsync("POST", Path("x.png", "anything"), AccessRole.Engineer, HttpStatusCode.BadRequest, file: Png);
    }
}
