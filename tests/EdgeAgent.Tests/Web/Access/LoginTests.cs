using System.Net;
using System.Text.Json;
using EdgeAgent.TestKit;
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
    public async Task A_restart_opens_no_door_and_lets_the_old_attempts_run_out()
    {
        using TempDirectory directory = new();
        FakeTimeProvider time = new(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
        await using (AccessServer before = await AccessServer.StartAsync(directory, time))
        {
            await GuessAsync(before, LoginGuard.WrongMax - 1);
            time.Advance(TimeSpan.FromMinutes(4));
        }

        await using (AccessServer between = await AccessServer.StartAsync(directory, time))
        {
            await GuessAsync(between, 1); // The fifth within 15 minutes, though the fourth was before the start.
            Assert.Equal(HttpStatusCode.TooManyRequests, (await OwnerOf(between).LoginAsync(AccessServer.Admin, AccessServer.Password)).StatusCode);
        }

        await using AccessServer after = await AccessServer.StartAsync(directory, time);
        HttpResponseMessage closed = await OwnerOf(after).LoginAsync(AccessServer.Admin, AccessServer.Password);
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromMinutes(11)), (closed.StatusCode, closed.Headers.RetryAfter!.Delta));
        time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.Created, (await OwnerOf(after).LoginAsync(AccessServer.Admin, AccessServer.Password)).StatusCode);
    }

    [Fact]
    public async Task A_password_that_was_set_on_the_machine_opens_the_name_at_once()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        await GuessAsync(server, LoginGuard.WrongMax);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await OwnerOf(server).LoginAsync(AccessServer.Admin, AccessServer.Password)).StatusCode);

        server.Access.Accounts.SetPassword(AccessServer.Admin, "another bridge, other rivers", mustChange: true);
        Assert.Equal(HttpStatusCode.Created, (await OwnerOf(server).LoginAsync(AccessServer.Admin, "another bridge, other rivers")).StatusCode);
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(+10)]
    public void A_clock_that_was_set_during_a_restart_closes_a_door_for_no_longer_than_the_window(int minutes)
    {
        using TempDirectory directory = new();
        DateTimeOffset now = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);
        LoginGuard before = new(directory.Path, new FakeTimeProvider(now));
        for (int i = 0; i < LoginGuard.WrongMax; i++)
        {
            before.NoteWrong("chief", "192.0.2.1");
        }

        LoginGuard after = new(directory.Path, new FakeTimeProvider(now.AddMinutes(minutes)));
        Assert.InRange(after.ClosedFor("CHIEF", "192.0.2.2") ?? TimeSpan.Zero, TimeSpan.FromMinutes(5), LoginGuard.Window);
        Assert.Null(after.ClosedFor("other", "192.0.2.2"));
    }

    [Fact]
    public void A_list_of_attempts_that_is_damaged_keeps_nobody_out_and_is_written_anew()
    {
        using TempDirectory directory = new();
        File.WriteAllText(directory.File("login-attempts.json"), "[{");
        LoginGuard guard = new(directory.Path, new FakeTimeProvider());
        Assert.Null(guard.ClosedFor("chief", "192.0.2.1"));
        guard.NoteWrong("chief", "192.0.2.1");
        Assert.StartsWith("[{\"key\":", File.ReadAllText(directory.File("login-attempts.json")), StringComparison.Ordinal);
    }

    private static async Task GuessAsync(AccessServer server, int times)
    {
        AccessBrowser guesser = server.NewBrowser();
        guesser.From = "192.0.2.1";
        for (int i = 0; i < times; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await guesser.LoginAsync(AccessServer.Admin, "wrong " + i)).StatusCode);
        }
    }

    private static AccessBrowser OwnerOf(AccessServer server)
    {
        AccessBrowser owner = server.NewBrowser();
        owner.From = "192.0.2.2";
        return owner;
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
