using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Pages.Live;

/// <summary>What drivers find wrong, and the qualities of readings, in the words of whoever looks.</summary>
public sealed class WordsOfDevicesTests
{
    [PartnerFact("chromium")]
    public async Task A_machine_that_is_off_says_so_in_Chinese_and_in_English_when_the_language_is_switched()
    {
        int nobody = FreePort.Tcp();
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(nobody));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await page.GotoAsync("/devices/gw-01/press-01");
            ILocator quality = page.Locator("[data-quality=BadNotConnected]").First, problem = page.Locator("p.problem");
            await Expect(quality).ToContainTextAsync("未连接", new() { Timeout = 90_000 });
            await Expect(quality).ToContainTextAsync("BadNotConnected");
            await Expect(quality).ToHaveAttributeAsync("title", "BadNotConnected");
            await Expect(problem).ToHaveTextAsync($"127.0.0.1:{nobody}：连接被拒绝：主机在线，但该端口没有服务", new() { Timeout = 90_000 });
            await Expect(page.Locator(".problems li").First).ToContainTextAsync("连接被拒绝");
            Assert.Empty(await EveryPage.EnglishAsync(page));
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("panels", "device-that-is-off.png"), FullPage = true });

            await page.Locator("button.language").First.ClickAsync();
            await Expect(quality).ToHaveTextAsync("BadNotConnected");
            await Expect(problem).ToContainTextAsync("Connection refused");
            await Expect(page.Locator(".problems li").First).ToContainTextAsync("Connection refused");
        });
    }

    [PartnerFact("chromium")]
    public async Task Settings_of_a_driver_are_explained_in_Chinese()
    {
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await EveryPage.OpenAsync(page, "/engineering/add");
            await page.GetByRole(AriaRole.Button, new() { Name = "temperature-controller" }).ClickAsync();
            await page.GetByLabel("驱动").SelectOptionAsync("modbus-tcp");
            await page.EvaluateAsync("() => document.querySelectorAll('details').forEach((one) => (one.open = true))");
            await Expect(page.GetByText("并发请求数。设备支持时大于 1 更快；仅限 mbap 帧格式。")).ToBeVisibleAsync();
            Assert.Empty(await EveryPage.EnglishAsync(page));
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("panels", "settings-of-a-driver.png"), FullPage = true });

            await page.Locator("button.language").First.ClickAsync();
            await Expect(page.GetByText("Requests on their way at once.")).ToBeVisibleAsync();
        });
    }
}
