using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.States;

/// <summary>Installations that are not as they should be, made by real configurations: each says what is so and what to do next.</summary>
public sealed class PlantStateTests
{
    [PartnerFact("chromium")]
    public async Task An_agent_without_its_hub_says_that_nothing_is_lost_on_every_page()
    {
        await using SimulatedPress press = await SimulatedPress.StartAsync();
        await ShowsAsync(PlantConfigs.AgentAlone(press.Port), "/about", "HUB_UNREACHABLE", "自动续传", "agent-without-hub");
    }

    [PartnerFact("chromium")]
    public Task A_store_that_is_down_is_told_on_every_page() => ShowsAsync(
        PlantConfigs.HubAlone($$"""{ "kind": "influxdb", "url": "http://127.0.0.1:{{FreePort.Tcp()}}", "database": "plant", "path": "hub/store" }"""),
        "/about", "STORE_DOWN", "时序库写不进去", "store-down");

    private static async Task ShowsAsync(Func<int, TempDirectory, string> configuration, string address, string code, string text, string picture)
    {
        await using UiPlant plant = await UiPlant.StartAsync(configuration, accounts: false);
        foreach (UiSize size in (UiSize[])[UiSize.Desktop, UiSize.Phone])
        {
            await plant.WithPageAsync(new UiView { Role = UiRole.Admin, Size = size, Expected = ["/health/ready"] }, async page =>
            {
                await page.GotoAsync(address);
                ILocator note = page.Locator($"[data-note={code}]");
                await Expect(note).ToContainTextAsync(text);
                await EveryPage.SettleAsync(page);
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("states", $"{picture}-{size}.png"), FullPage = true });
                Assert.Empty(await EveryPage.ComplaintsAsync(page));
                Assert.Empty(await EveryPage.AxeAsync(page));
            }, $"{picture}-{size}");
        }
    }
}
