using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.States;

/// <summary>The program does not answer, or not what was asked for.</summary>
[Collection(DemoCollection.Name)]
public sealed class AwayTests(DemoPlant demo)
{
    private static readonly UiView Broken = new() { Role = UiRole.Nobody, Expected = ["net::ERR_FAILED", "Failed to load resource"] };

    [PartnerFact("chromium")]
    public Task A_page_that_stands_says_that_the_program_is_away_and_goes_on_by_itself() => demo.Plant.WithPageAsync(Broken, async page =>
    {
        await EveryPage.OpenAsync(page, "/about");
        await page.RouteAsync("**/api/**", route => route.AbortAsync());
        ILocator banner = page.Locator(".connection");
        await Expect(banner).ToContainTextAsync("连不上程序");
        await Expect(banner).ToContainTextAsync("前");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "关于" })).ToBeVisibleAsync();
        await ShotAsync(page, "unreachable-banner");
        await page.UnrouteAllAsync();
        await Expect(banner).ToBeHiddenAsync();
    });

    [PartnerFact("chromium")]
    public Task A_page_opened_while_the_program_is_away_says_so_and_comes_when_it_is_back() => demo.Plant.WithPageAsync(Broken, async page =>
    {
        await page.RouteAsync("**/api/**", route => route.AbortAsync());
        await page.GotoAsync("/about");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "连不上程序" })).ToBeVisibleAsync();
        await ShotAsync(page, "unreachable");
        await page.UnrouteAllAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "关于" })).ToBeVisibleAsync();
    });

    [PartnerFact("chromium")]
    public Task An_address_without_a_page_says_so_and_leads_back() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
    {
        await EveryPage.OpenAsync(page, "/no/such/page");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "没有这个页面" })).ToBeVisibleAsync();
        await Expect(page.GetByText("/no/such/page")).ToBeVisibleAsync();
        await ShotAsync(page, "no-page");
        await page.GetByRole(AriaRole.Link, new() { Name = "回到首页" }).ClickAsync();
        await Expect(page.Locator("main h1").First).ToBeVisibleAsync();
    });

    [PartnerFact("chromium")]
    public Task A_page_whose_files_an_update_removed_offers_to_load_again() => demo.Plant.WithPageAsync(
        Broken with { Expected = ["Failed to load resource", "dynamically imported module", "Failed to fetch"] },
        async page =>
        {
            await page.RouteAsync("**/assets/AboutPage*", route => route.FulfillAsync(new RouteFulfillOptions { Status = 404 }));
            await page.GotoAsync("/about");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "程序已更新" })).ToBeVisibleAsync();
            await page.UnrouteAllAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "重新载入" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "关于" })).ToBeVisibleAsync();
        });

    [PartnerFact("chromium")]
    public Task A_clock_that_differs_from_the_programs_is_told() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
    {
        await page.AddInitScriptAsync("{ const now = Date.now; Date.now = () => now() + 3_600_000 }");
        await EveryPage.OpenAsync(page, "/about");
        await Expect(page.Locator("[data-note=BROWSER_CLOCK]")).ToContainTextAsync("3600 s");
        await ShotAsync(page, "browser-clock");
    });

    private static async Task ShotAsync(IPage page, string name)
    {
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("states", name + ".png") });
        Assert.Empty(await EveryPage.AxeAsync(page));
    }
}
