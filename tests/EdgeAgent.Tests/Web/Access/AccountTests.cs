using System.Net;
using System.Text.Json;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Access.Tokens;

namespace EdgeAgent.Tests.Web.Access;

public sealed class AccountTests
{
    [Theory]
    [InlineData("DELETE", "/api/accounts/chief", null)]
    [InlineData("PATCH", "/api/accounts/chief", """{"role":"Viewer"}""")]
    [InlineData("PATCH", "/api/accounts/chief", """{"blocked":true}""")]
    public async Task The_last_administrator_stays(string method, string path, string? body)
    {
        await using AccessServer server = await AccessServer.StartAsync();
        server.Access.Accounts.Create("second", AccessRole.Admin, AccessServer.Password, mustChange: false);
        server.Access.Accounts.SetBlocked("second", true);
        AccessBrowser admin = await server.LoggedInAsync(AccessRole.Admin);
        HttpResponseMessage answer = await admin.SendAsync(method, path, body is null ? null : JsonElement.Parse(body));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/api/accounts")).StatusCode);
        server.Access.Accounts.SetBlocked("second", false);
        Assert.True((await admin.SendAsync(method, path, body is null ? null : JsonElement.Parse(body))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Accounts_are_made_listed_in_parts_and_never_with_their_hash()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser admin = await server.LoggedInAsync(AccessRole.Admin);
        HttpResponseMessage made = await admin.SendAsync("POST", "/api/accounts", new { name = "李工", role = "Engineer", password = "河上有一座石头桥在那里" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.True((await AccessBrowser.JsonOf(made)).GetProperty("mustChangePassword").GetBoolean());
        Assert.Equal(HttpStatusCode.Conflict, (await admin.SendAsync("POST", "/api/accounts", new { name = "CHIEF", role = "Viewer", password = AccessServer.Password })).StatusCode);

        string text = await (await admin.GetAsync("/api/accounts?offset=1&limit=1")).Content.ReadAsStringAsync();
        JsonElement part = JsonElement.Parse(text);
        Assert.Equal((2, 1, 1), (part.GetProperty("total").GetInt32(), part.GetProperty("offset").GetInt32(), part.GetProperty("items").GetArrayLength()));
        Assert.DoesNotContain("pbkdf2", text, StringComparison.Ordinal);
        Assert.Contains(server.Log, e => e is { Who: AccessServer.Admin, What: "made an account" } && e.Facts["name"] == "李工");
    }

    [Theory]
    [InlineData("?limit=1001")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=all")]
    [InlineData("?offset=-1")]
    [InlineData("?offset=99999999999")]
    public async Task Parts_beyond_the_limits_are_refused(string query)
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser admin = await server.LoggedInAsync(AccessRole.Admin);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.GetAsync("/api/accounts" + query)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.GetAsync("/api/tokens" + query)).StatusCode);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"name":"x","role":"Emperor","password":"a bridge over nine rivers"}""")]
    [InlineData("""{"name":"x","role":"Admin","password":"a bridge over nine rivers","isRoot":true}""")]
    public async Task Bodies_that_are_something_else_are_refused(string body)
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser admin = await server.LoggedInAsync(AccessRole.Admin);
        using HttpClient client = new() { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", server.Access.Tokens.Create("t", "plant", AccessRole.Admin, TimeSpan.FromDays(1)).Text);
        HttpResponseMessage answer = await client.PostAsync("/api/accounts", new StringContent(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Single(server.Access.Accounts.List());
    }

    [Fact]
    public async Task A_body_of_a_megabyte_is_too_large()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser admin = await server.LoggedInAsync(AccessRole.Admin);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await admin.SendAsync("POST", "/api/accounts", new { name = "x", role = "Viewer", password = new string('x', 1 << 20) })).StatusCode);
    }

    [Fact]
    public async Task A_token_is_shown_once_opens_what_it_is_for_and_ends()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser admin = await server.LoggedInAsync(AccessRole.Admin), program = server.NewBrowser();
        HttpResponseMessage made = await admin.SendAsync("POST", "/api/tokens", new { name = "grafana", role = "Engineer", days = 3, permissions = new[] { "ReadState", "ReadEvidence" } });
        JsonElement token = await AccessBrowser.JsonOf(made);
        program.Token = token.GetProperty("text").GetString();

        Assert.Equal(HttpStatusCode.NoContent, (await program.GetAsync("/api/probe/ReadEvidence")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await program.GetAsync("/api/probe/SignedIn")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.SendAsync("POST", "/api/probe/Engineer")).StatusCode);
        Assert.DoesNotContain(program.Token![20..], await (await admin.GetAsync("/api/tokens")).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        string id = token.GetProperty("token").GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.NoContent, (await admin.SendAsync("DELETE", "/api/tokens/" + id)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.SendAsync("DELETE", "/api/tokens/" + id)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/probe/ReadState")).StatusCode);
    }

    [Fact]
    public async Task A_limited_token_cannot_reach_beyond_its_limits_by_making_something_else()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser program = server.NewBrowser();
        AccessPermission[] scope = [AccessPermission.ManageTokens, AccessPermission.ManageAccounts];
        program.Token = server.Access.Tokens.Create("t", "plant", AccessRole.Admin, TimeSpan.FromDays(1), scope).Text;
        Assert.Equal(HttpStatusCode.Forbidden, (await program.SendAsync("POST", "/api/tokens", new { name = "more", role = "Admin" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.SendAsync("POST", "/api/tokens", new { name = "more", role = "Admin", permissions = new[] { "Engineer" } })).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await program.SendAsync("POST", "/api/tokens", new { name = "same", role = "Admin", permissions = new[] { "ManageTokens" } })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.SendAsync("POST", "/api/accounts", new { name = "x", role = "Admin", password = AccessServer.Password })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await (await server.LoggedInAsync(AccessRole.Admin)).SendAsync("POST", "/api/tokens", new { name = "x", role = "Viewer", permissions = new[] { "Engineer" } })).StatusCode);
    }

    [Fact]
    public async Task The_log_is_read_in_parts_from_the_newest_and_says_when_it_was_changed()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser admin = await server.LoggedInAsync(AccessRole.Admin);
        for (int i = 0; i < 5; i++)
        {
            await admin.SendAsync("POST", "/api/probe/ManageAlarms");
        }

        JsonElement first = await AccessBrowser.JsonOf(await admin.GetAsync("/api/audit?limit=3&text=managealarms"));
        Assert.Equal(3, first.GetProperty("items").GetArrayLength());
        JsonElement second = await AccessBrowser.JsonOf(await admin.GetAsync($"/api/audit?limit=3&text=managealarms&before={first.GetProperty("before").GetInt64()}"));
        Assert.Equal(2, second.GetProperty("items").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("before").ValueKind);
        Assert.Equal(JsonValueKind.Null, second.GetProperty("problem").ValueKind);

        string text = await File.ReadAllTextAsync(server.LogPath);
        await File.WriteAllTextAsync(server.LogPath, text.Replace("chief", "thief", StringComparison.Ordinal));
        JsonElement changed = await AccessBrowser.JsonOf(await admin.GetAsync("/api/audit"));
        Assert.Contains("line 2 does not follow", changed.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_cannot_fill_the_log()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser stranger = server.NewBrowser();
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/accounts")).StatusCode);
        }

        Assert.Single(server.Log);
        server.Time.Advance(TimeSpan.FromMinutes(1));
        await stranger.GetAsync("/api/accounts");
        Assert.Equal("50", server.Log[^1].Facts["count"]);
    }

    [Fact]
    public void Tokens_made_by_an_older_version_still_open()
    {
        using EdgeAgent.TestKit.TempDirectory directory = new();
        TokenFile tokens = new(directory.Path, TimeProvider.System);
        (AccessToken token, string text) = tokens.Create("t", "plant", AccessRole.Viewer, TimeSpan.FromDays(1));
        string file = directory.File("tokens.json");
        Assert.DoesNotContain("permissions", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(token.Id, tokens.Find(text)!.Id);
    }
}
