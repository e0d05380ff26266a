using System.Net;
using System.Text.Json;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Access.Accounts;

namespace EdgeAgent.Tests.Web.Access;

public sealed class LoginTests
{
    [Fact]
    public async Task A_wrong_name_and_a_wrong_password_get_the_same_answer()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        HttpResponseMessage unknown = await server.NewBrowser().LoginAsync("nobody", AccessServer.Password);
        HttpResponseMessage wrong = await server.NewBrowser().LoginAsync(AccessServer.Admin, "not that one either");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (unknown.StatusCode, wrong.StatusCode));
        Assert.Equal(await unknown.Content.ReadAsStringAsync(), await wrong.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task After_five_wrong_passwords_a_name_is_closed_for_fifteen_minutes_also_for_the_right_one_and_from_elsewhere()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser guesser = server.NewBrowser(), owner = server.NewBrowser();
        (guesser.From, owner.From) = ("192.0.2.1", "192.0.2.2");
        for (int i = 0; i < LoginGuard.WrongMax; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await guesser.LoginAsync(AccessServer.Admin.ToUpperInvariant(), "wrong " + i)).StatusCode);
        }

        HttpResponseMessage closed = await owner.LoginAsync(AccessServer.Admin, AccessServer.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, closed.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(15), closed.Headers.RetryAfter!.Delta);
        Assert.Equal("locked-out", (await AccessBrowser.JsonOf(closed)).GetProperty("code").GetString());
        server.Time.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await owner.LoginAsync(AccessServer.Admin, AccessServer.Password)).StatusCode);
        server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Created, (await owner.LoginAsync(AccessServer.Admin, AccessServer.Password)).StatusCode);
        Assert.Contains(server.Log, e => e.What == "locked out" && e.Facts["from"] == "192.0.2.1");
    }

    [Fact]
    public async Task An_address_that_tries_many_names_is_closed_too_and_others_are_not()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser guesser = server.NewBrowser(), owner = server.NewBrowser();
        (guesser.From, owner.From) = ("2001:db8:1:2::1", "2001:db8:1:3::1");
        for (int i = 0; i < LoginGuard.WrongMax; i++)
        {
            guesser.From = $"2001:db8:1:2::{i + 1}"; // One network, many addresses.
            Assert.Equal(HttpStatusCode.Unauthorized, (await guesser.LoginAsync("name " + i, "wrong one here")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await guesser.LoginAsync(AccessServer.Admin, AccessServer.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await owner.LoginAsync(AccessServer.Admin, AccessServer.Password)).StatusCode);
    }

    [Fact]
    public async Task Thirty_guesses_at_once_are_five()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => server.NewBrowser().LoginAsync(AccessServer.Admin, "guess number " + i)));
        Assert.True(answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized) <= LoginGuard.WrongMax);
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable));
    }

    [Fact]
    public async Task A_blocked_account_does_not_get_in_and_is_not_told_apart_from_a_wrong_password()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        server.Access.Accounts.Create("guest worker", AccessRole.Viewer, AccessServer.Password, mustChange: false);
        server.Access.Accounts.SetBlocked("guest worker", true);
        HttpResponseMessage answer = await server.NewBrowser().LoginAsync("guest worker", AccessServer.Password);
        Assert.Equal((HttpStatusCode.Unauthorized, "wrong-credentials"), (answer.StatusCode, (await AccessBrowser.JsonOf(answer)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Nothing_that_could_be_used_to_log_in_is_on_the_disk()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        AccessBrowser browser = server.NewBrowser();
        HttpResponseMessage answer = await browser.LoginAsync(AccessServer.Admin, AccessServer.Password);
        string cookie = answer.Headers.GetValues("Set-Cookie").Single();
        string secret = cookie.Split('=', 2)[1].Split(';')[0];
        foreach (string file in Directory.GetFiles(server.DataDirectory, "*.json"))
        {
            string text = await File.ReadAllTextAsync(file);
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain(AccessServer.Password, text, StringComparison.Ordinal);
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
        }

        Assert.Contains("pbkdf2-sha256$600000$", await File.ReadAllTextAsync(Path.Combine(server.DataDirectory, "accounts.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_is_for_this_site_and_no_script()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        string cookie = (await server.NewBrowser().LoginAsync(AccessServer.Admin, AccessServer.Password)).Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith($"edgeagent-session-{server.Address.Port}=", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
    }
}
