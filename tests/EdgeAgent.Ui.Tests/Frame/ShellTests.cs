using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Frame;

/// <summary>What stands around every page: navigation, language, colours, the person.</summary>
[Collection(DemoCollection.Name)]
public sealed class ShellTests(DemoPlant demo)
{
    [PartnerTheory("chromium")]
    [InlineData(UiRole.Nobody)]
    [InlineData(UiRole.Viewer)]
    [InlineData(UiRole.Assessor)]
    [InlineData(UiRole.Engineer)]
    [InlineData(UiRole.Admin)]
    public async Task Navigation_shows_what_the_role_may_open_and_nothing_else(UiRole role)
    {
        IReadOnlyList<PageAddress> pages = await EveryPage.ListAsync(demo.Plant);
        string[] expected = [.. pages.Where(p => p.InNavigation && IsOpen(p.Access, role)).Select(p => p.Path).Order()];
        await demo.Plant.WithPageAsync(new UiView { Role = role }, async page =>
        {
            await EveryPage.OpenAsync(page, "/about");
            string[] shown = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('nav li a')].map((a) => a.getAttribute('href'))");
            Assert.Equal(expected, shown.Order());
        });
    }

    [PartnerFact("chromium")]
    public Task The_language_changes_everywhere_and_one_stays_where_one_was() => demo.Plant.WithPageAsync(new UiView(), async page =>
    {
        await EveryPage.OpenAsync(page, "/about?x=1#here");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "About", Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("About"));
        Assert.EndsWith("/about?x=1#here", page.Url, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "About", Exact = true })).ToBeVisibleAsync();
    });

    [PartnerFact("chromium")]
    public Task On_a_phone_the_navigation_is_a_drawer_that_opens_and_closes_by_the_keyboard() => demo.Plant.WithPageAsync(new UiView { Size = UiSize.Phone }, async page =>
    {
        await EveryPage.OpenAsync(page, "/about");
        ILocator drawer = page.GetByRole(AriaRole.Navigation);
        await Expect(drawer).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "菜单" }).PressAsync("Enter");
        await Expect(drawer.GetByRole(AriaRole.Link).First).ToBeFocusedAsync();
        Assert.Empty(await EveryPage.AxeAsync(page));
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("zh", "shell-drawer-390x844.png") });
        await page.Keyboard.PressAsync("Escape");
        await Expect(drawer).ToBeHiddenAsync();
    });

    [PartnerFact("chromium")]
    public Task Dark_colours_are_kept_and_hold() => demo.Plant.WithPageAsync(new UiView(), async page =>
    {
        await EveryPage.OpenAsync(page, "/about");
        await page.GetByRole(AriaRole.Button, new() { Name = "深色" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    });

    [PartnerFact("chromium")]
    public Task The_menu_of_the_person_opens_by_the_keyboard_and_says_the_role() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Assessor }, async page =>
    {
        await EveryPage.OpenAsync(page, "/about");
        ILocator button = page.GetByRole(AriaRole.Button, new() { Name = "账户: assessor" });
        await button.PressAsync("Enter");
        await Expect(page.GetByText("评审员")).ToBeVisibleAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("zh", "shell-menu-1920x1080.png") });
        await page.Keyboard.PressAsync("Escape");
        await Expect(button).ToBeFocusedAsync();
    });

    [PartnerFact("chromium")]
    public Task The_first_stop_of_the_tab_key_leads_past_the_navigation() => demo.Plant.WithPageAsync(new UiView(), async page =>
    {
        await EveryPage.OpenAsync(page, "/about");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByText("跳到正文")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();
    });

    /// <summary>The rule of the pages' declarations, said a second time.</summary>
    private static bool IsOpen(string access, UiRole role) => access switch
    {
        "open" or "state" => true, // The demo shows its state to everybody.
        _ => role != UiRole.Nobody && access.Split(',').Contains(UiAccounts.NameOf(role)),
    };
}
