using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Flows;

/// <summary>The way of somebody who has just installed the program.</summary>
public sealed class FirstStartFlowTests
{
    [PartnerFact("chromium")]
    public async Task From_the_first_start_to_live_values_of_a_machine()
    {
        await using SimulatedPress press = await SimulatedPress.StartAsync();
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(press.Port), accounts: false);
        await plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
        {
            // Whatever he opens, the administrator comes first.
            await page.GotoAsync("/devices");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "首次启动" })).ToBeVisibleAsync();
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("flows", "first-start.png") });
            Assert.Empty(await EveryPage.AxeAsync(page));
            await page.GetByLabel("密码", new() { Exact = true }).FillAsync(UiAccounts.Password);
            await page.GetByLabel("再输入一次").FillAsync(UiAccounts.Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "创建管理员并登录" }).ClickAsync();

            // The overview counts the machine, and the machine shows values that go on changing.
            await Expect(page.Locator("[data-stat=online]")).ToContainTextAsync("1 /");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("flows", "first-overview.png"), FullPage = true });
            await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "设备", Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { NameRegex = new("press-01") }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "冲床1号" })).ToBeVisibleAsync();
            ILocator value = page.GetByRole(AriaRole.Row, new() { NameRegex = new("temperature") }).First;
            await Expect(value).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"\d"));
            string before = await value.InnerTextAsync();
            await Expect(value).Not.ToHaveTextAsync(before, new() { UseInnerText = true });
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("flows", "first-values.png"), FullPage = true });
        });
    }

    [PartnerFact("chromium")]
    public async Task A_first_visitor_of_the_demo_sees_live_values_without_a_login()
    {
        await using UiPlant plant = await UiPlant.StartDemoAsync();
        await plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
        {
            await page.GotoAsync("/");
            await Expect(page.Locator("[data-stat=online]")).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"1\d / "));
            await Expect(page.Locator("[data-stat=today]")).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"[1-9]"));
        });
        Assert.Contains($"Open {plant.Address} in a browser", plant.Process.Output, StringComparison.Ordinal);
    }
}
