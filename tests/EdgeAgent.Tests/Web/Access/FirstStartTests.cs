using System.Net;
using System.Text.Json;
using EdgeAgent.Web.Access;

namespace EdgeAgent.Tests.Web.Access;

public sealed class FirstStartTests
{
    private static readonly object Good = new { name = "chief", password = AccessServer.Password };

    [Fact]
    public async Task Whoever_sits_at_the_machine_makes_the_administrator_and_is_logged_in()
    {
        await using AccessServer server = await AccessServer.StartAsync(withAdmin: false);
        AccessBrowser browser = server.NewBrowser();
        JsonElement before = await browser.SessionAsync();
        Assert.True(before.GetProperty("firstStart").GetBoolean());
        Assert.False(before.GetProperty("setupCodeNeeded").GetBoolean());
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/accounts")).StatusCode);

        HttpResponseMessage made = await browser.SendAsync("POST", "/api/first-start", Good);

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        JsonElement session = await browser.SessionAsync();
        Assert.Equal(("chief", "Admin", false), (session.GetProperty("name").GetString(), session.GetProperty("role").GetString(), session.GetProperty("firstStart").GetBoolean()));
        Assert.Equal("某某机械", session.GetProperty("enterprise").GetString());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/accounts")).StatusCode);
        Assert.Contains(server.Log, e => e is { Who: "chief", What: "first administrator made" });
    }

    [Fact]
    public async Task From_elsewhere_the_printed_code_is_needed_and_guessing_it_ends_after_five()
    {
        await using AccessServer server = await AccessServer.StartAsync(withAdmin: false);
        AccessBrowser guesser = server.NewBrowser(), owner = server.NewBrowser();
        (guesser.From, owner.From) = ("192.0.2.7", "192.0.2.8");
        Assert.True((await owner.SessionAsync()).GetProperty("setupCodeNeeded").GetBoolean());

        Assert.Equal(HttpStatusCode.Forbidden, (await guesser.SendAsync("POST", "/api/first-start", Good)).StatusCode);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await guesser.SendAsync("POST", "/api/first-start", new { name = "x", password = AccessServer.Password, setupCode = $"AAAA-{i}" })).StatusCode);
        }

        string code = server.Access.FirstStart.Code;
        string spoken = $"{code[..4]}-{code[4..8]}-{code[8..]}".ToLowerInvariant();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await guesser.SendAsync("POST", "/api/first-start", new { name = "x", password = AccessServer.Password, setupCode = spoken })).StatusCode);
        server.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.Created, (await owner.SendAsync("POST", "/api/first-start", new { name = "chief", password = AccessServer.Password, setupCode = spoken })).StatusCode);
    }

    [Fact]
    public async Task There_is_one_first_start()
    {
        await using AccessServer server = await AccessServer.StartAsync();
        HttpResponseMessage again = await server.NewBrowser().SendAsync("POST", "/api/first-start", new { name = "mallory", password = AccessServer.Password });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal("chief", Assert.Single(server.Access.Accounts.List()).Name);
    }

    [Theory]
    [InlineData("chief", "short")]
    [InlineData("administrator", "administrator")]
    [InlineData("chief", "chief2026!")]
    [InlineData("chief", "password123")]
    [InlineData("chief", "Qwertyuiop1")]
    [InlineData("chief", "1234567890")]
    [InlineData("chief", "aaaaaaaaaaaa")]
    [InlineData("chief", "1q2w3e4r5t")]
    [InlineData("", "a bridge over nine rivers")]
    [InlineData(" chief", "a bridge over nine rivers")]
    [InlineData("a/b", "a bridge over nine rivers")]
    public async Task Names_and_passwords_that_will_not_do_are_refused_with_the_reason(string name, string password)
    {
        await using AccessServer server = await AccessServer.StartAsync(withAdmin: false);
        AccessBrowser browser = server.NewBrowser();
        browser.Language = "zh-CN,zh;q=0.9,en;q=0.8";
        HttpResponseMessage answer = await browser.SendAsync("POST", "/api/first-start", new { name, password });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        JsonElement problem = await AccessBrowser.JsonOf(answer);
        Assert.Equal("请求有误", problem.GetProperty("title").GetString());
        Assert.True(server.Access.Accounts.IsEmpty);
    }
}
