using System.Net;
using System.Text.Json;
using EdgeAgent.TestKit;
using EdgeAgent.Web.Access;

namespace EdgeAgent.Tests.Web.Access;

public sealed class SessionTests
{
    [Fact]
    public async Task A_session_ends_half_an_hour_after_its_last_question()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser browser = await server.LoggedInAsync(AccessRole.Viewer);
        for (int i = 0; i < 4; i++)
        {
            server.Time.Advance(TimeSpan.FromMinutes(29));
            Assert.Equal(HttpStatusCode.NoContent, (await browser.GetAsync("/api/probe/ReadState")).StatusCode);
        }

        server.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/probe/ReadState")).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_twelve_hours_after_the_login_however_busy_it_is()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser browser = await server.LoggedInAsync(AccessRole.Viewer);
        for (int i = 0; i < 35; i++)
        {
            server.Time.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(HttpStatusCode.NoContent, (await browser.GetAsync("/api/probe/ReadState")).StatusCode);
        }

        server.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/probe/ReadState")).StatusCode);
    }

    [Fact]
    public async Task A_restart_logs_nobody_out_and_a_logout_before_it_stays()
    {
        using TempDirectory directory = new();
        FakeTimeProvider time = new(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
        await using AccessServer first = await AccessServer.StartAsync(directory, time);
        AccessBrowser stays = await first.LoggedInAsync(AccessRole.Admin), leaves = await first.LoggedInAsync(AccessRole.Admin);
        string csrf = stays.Csrf!;
        Assert.Equal(HttpStatusCode.NoContent, (await leaves.SendAsync("DELETE", "/api/session")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await leaves.GetAsync("/api/accounts")).StatusCode);

        WebAccess again = new(first.DataDirectory, directory.File("audit", "again.jsonl"), "plant", default, time);
        Assert.Single(JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(first.DataDirectory, "sessions.json"))).RootElement.EnumerateArray());
        Assert.Equal(csrf, (await stays.SessionAsync()).GetProperty("csrf").GetString());
        again.Dispose();
    }

    [Fact]
    public async Task Another_password_role_a_block_or_a_removal_ends_the_sessions_of_an_account()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser admin = await server.LoggedInAsync(AccessRole.Admin);
        (string Method, string Path, object? Body)[] changes =
        [
            ("PUT", "/api/accounts/some%20Viewer/password", new { password = "another bridge entirely" }),
            ("PATCH", "/api/accounts/some%20Assessor", new { role = "Viewer" }),
            ("PATCH", "/api/accounts/some%20Engineer", new { blocked = true }),
        ];
        AccessBrowser[] others = [await server.LoggedInAsync(AccessRole.Viewer), await server.LoggedInAsync(AccessRole.Assessor), await server.LoggedInAsync(AccessRole.Engineer)];
        for (int i = 0; i < changes.Length; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await others[i].GetAsync("/api/probe/ReadState")).StatusCode);
            HttpResponseMessage answer = await admin.SendAsync(changes[i].Method, changes[i].Path, changes[i].Body);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.Unauthorized, (await others[i].GetAsync("/api/probe/ReadState")).StatusCode);
        }

        server.Access.Accounts.Create("leaver", AccessRole.Viewer, AccessServer.Password, mustChange: false);
        AccessBrowser leaver = server.NewBrowser();
        await leaver.LoginAsync("leaver", AccessServer.Password);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.SendAsync("DELETE", "/api/accounts/leaver")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await leaver.GetAsync("/api/probe/ReadState")).StatusCode);
    }

    [Fact]
    public async Task Who_has_a_password_of_somebody_elses_can_only_change_it_and_his_other_sessions_end_with_that()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        server.Access.Accounts.Create("new hand", AccessRole.Engineer, AccessServer.Password, mustChange: true);
        AccessBrowser browser = server.NewBrowser(), other = server.NewBrowser();
        await browser.LoginAsync("new hand", AccessServer.Password);
        await other.LoginAsync("new hand", AccessServer.Password);
        Assert.True((await browser.SessionAsync()).GetProperty("mustChangePassword").GetBoolean());
        HttpResponseMessage closed = await browser.GetAsync("/api/probe/ReadState");
        Assert.Equal((HttpStatusCode.Forbidden, "password-change-needed"), (closed.StatusCode, (await AccessBrowser.JsonOf(closed)).GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendAsync("POST", "/api/session/password", new { current = AccessServer.Password, password = AccessServer.Password })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SendAsync("POST", "/api/session/password", new { current = "no idea at all", password = "my own bridge now" })).StatusCode);

        HttpResponseMessage changed = await browser.SendAsync("POST", "/api/session/password", new { current = AccessServer.Password, password = "my own bridge now" });
        await browser.TakeCsrfAsync(changed);

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await browser.SendAsync("POST", "/api/probe/Engineer")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync("/api/probe/SignedIn")).StatusCode);
    }

    [Fact]
    public async Task A_change_by_cookie_needs_the_csrf_token_and_a_read_does_not()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser browser = await server.LoggedInAsync(AccessRole.Admin);
        string right = browser.Csrf!;
        foreach (string? wrong in new[] { null, "", "x", right + "x", right[..^1] })
        {
            browser.Csrf = wrong;
            HttpResponseMessage answer = await browser.SendAsync("POST", "/api/probe/Engineer");
            Assert.Equal((HttpStatusCode.Forbidden, "csrf"), (answer.StatusCode, (await AccessBrowser.JsonOf(answer)).GetProperty("code").GetString()));
            Assert.Equal(HttpStatusCode.NoContent, (await browser.GetAsync("/api/probe/Engineer")).StatusCode);
        }

        browser.Csrf = right;
        Assert.Equal(HttpStatusCode.NoContent, (await browser.SendAsync("POST", "/api/probe/Engineer")).StatusCode);
    }

    [Fact]
    public async Task A_login_gives_a_new_session_and_ends_the_one_before()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser browser = await server.LoggedInAsync(AccessRole.Viewer);
        string before = (await browser.SessionAsync()).GetProperty("csrf").GetString()!;
        await browser.LoginAsync("some Viewer", AccessServer.Password);
        Assert.NotEqual(before, browser.Csrf);
        using JsonDocument kept = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(server.DataDirectory, "sessions.json")));
        Assert.Single(kept.RootElement.EnumerateArray());
    }
}
