using System.Net.Http.Json;
using System.Text.Json;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Flows;

/// <summary>Who may see what, by navigation, by address and by API, and what happens when a session ends.</summary>
[Collection(DemoCollection.Name)]
public sealed class AccessFlowTests(DemoPlant demo)
{
    [PartnerTheory("chromium")]
    [InlineData(UiRole.Viewer)]
    [InlineData(UiRole.Assessor)]
    [InlineData(UiRole.Engineer)]
    public async Task A_page_that_the_role_may_not_open_says_so_at_its_address(UiRole role)
    {
        PageAddress[] closed = [.. (await EveryPage.ListAsync(demo.Plant)).Where(p => p.Access is not ("open" or "state") && !p.Access.Split(',').Contains(UiAccounts.NameOf(role)))];
        Assert.NotEmpty(closed);
        await demo.Plant.WithPageAsync(new UiView { Role = role }, async page =>
        {
            foreach (PageAddress address in closed)
            {
                await page.GotoAsync(Examples.AddressOf(address));
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "没有权限" })).ToBeVisibleAsync();
                await Expect(page.Locator("main")).ToContainTextAsync("管理员");
            }

            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("states", "forbidden.png") });
            Assert.Empty(await EveryPage.AxeAsync(page));
        }, $"closed-{role}");
    }

    [PartnerFact("chromium")]
    public async Task The_api_refuses_what_the_navigation_does_not_show() => await demo.Plant.WithPageAsync(
        new UiView { Role = UiRole.Viewer, Expected = ["403"] },
        async page =>
        {
            await EveryPage.OpenAsync(page, "/about");
            int[] answers = await page.EvaluateAsync<int[]>(
                "async () => [await fetch('/api/accounts'), await fetch('/api/tokens'), await fetch('/api/audit'), await fetch('/api/accounts', { method: 'POST', body: '{}' })].map((a) => a.status)");
            Assert.All(answers, status => Assert.Equal(403, status));
        });

    [PartnerFact("chromium")]
    public Task Nobody_is_asked_to_log_in_and_comes_to_the_page_he_asked_for() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
    {
        await demo.Plant.Accounts.EnsureAsync();
        await page.GotoAsync("/audit?x=1");
        await LogInAsync(page, UiRole.Admin);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "审计日志", Level = 1 })).ToBeVisibleAsync();
        Assert.EndsWith("/audit?x=1", page.Url, StringComparison.Ordinal);
    });

    [PartnerFact("chromium")]
    public Task A_session_that_ended_leads_back_to_where_one_was() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Admin, Expected = ["401"] }, async page =>
    {
        await EveryPage.OpenAsync(page, "/accounts");
        await page.Context.ClearCookiesAsync();
        await EveryPage.SettleAsync(page);
        // The next thing that the page asks for is refused; what it was does not matter.
        await page.GetByRole(AriaRole.Link, new() { Name = "审计日志" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "登录已过期" })).ToBeVisibleAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("states", "session-expired.png") });
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "登录" }).ClickAsync();
        await LogInAsync(page, UiRole.Admin);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "审计日志", Level = 1 })).ToBeVisibleAsync();
        Assert.EndsWith("/audit", page.Url, StringComparison.Ordinal);
    });

    [PartnerFact("chromium")]
    public Task Logging_out_ends_the_session_at_the_program_too() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
    {
        await demo.Plant.Accounts.EnsureAsync();
        await page.GotoAsync("/login");
        await LogInAsync(page, UiRole.Engineer);
        ILocator menu = page.GetByRole(AriaRole.Button, new() { Name = "账户: engineer" });
        await Expect(menu).ToBeVisibleAsync();
        string cookie = (await page.Context.CookiesAsync()).Single().Name + "=" + (await page.Context.CookiesAsync()).Single().Value;
        await menu.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "退出登录" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "登录" })).ToBeVisibleAsync();

        using HttpClient http = new() { BaseAddress = new Uri(demo.Plant.Address) };
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        JsonElement session = await http.GetFromJsonAsync<JsonElement>("/api/session");
        Assert.Equal(JsonValueKind.Null, session.GetProperty("name").ValueKind);
    });

    [PartnerFact("chromium")]
    public Task A_login_does_not_lead_to_another_host() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
    {
        await demo.Plant.Accounts.EnsureAsync();
        await page.GotoAsync("/login?next=//example.org/");
        await LogInAsync(page, UiRole.Viewer);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "账户: viewer" })).ToBeVisibleAsync();
        Assert.StartsWith(demo.Plant.Address, page.Url, StringComparison.Ordinal);
    });

    private static async Task LogInAsync(IPage page, UiRole role)
    {
        await page.GetByLabel("用户名").FillAsync(UiAccounts.NameOf(role));
        await page.GetByLabel("密码", new() { Exact = true }).FillAsync(UiAccounts.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
    }
}
