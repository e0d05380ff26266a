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
    public Task An_empty_plant_leads_to_its_first_device() =>
        ShowsAsync(PlantConfigs.AllInOne(modbusPort: 0, "state"), "/", "EMPTY_PLANT", "还没有设备", "empty-plant");

    [PartnerFact("chromium")]
    public Task A_hub_without_agents_tells_how_to_connect_one() =>
        ShowsAsync(PlantConfigs.HubAlone(), "/", "NO_AGENT", "还没有采集端", "hub-without-agents");

    [PartnerFact("chromium")]
    public async Task An_agent_without_its_hub_says_that_nothing_is_lost_on_every_page()
    {
        await using SimulatedPress press = await SimulatedPress.StartAsync();
        await ShowsAsync(PlantConfigs.AgentAlone(press.Port), "/about", "HUB_UNREACHABLE", "自动续传", "agent-without-hub");
    }

    [PartnerFact("chromium")]
    public async Task An_agent_says_that_the_rates_are_at_the_hub()
    {
        await using SimulatedPress press = await SimulatedPress.StartAsync();
        await ShowsAsync(PlantConfigs.AgentAlone(press.Port), "/", "NO_HUB_HERE", "这里是采集端", "agent");
    }

    [PartnerFact("chromium")]
    public Task A_store_that_is_down_is_told_on_every_page() => ShowsAsync(
        PlantConfigs.HubAlone($$"""{ "kind": "influxdb", "url": "http://127.0.0.1:{{FreePort.Tcp()}}", "database": "plant", "path": "hub/store" }"""),
        "/about", "STORE_DOWN", "时序库写不进去", "store-down");

    /// <summary>Whoever follows the navigation meets the same plant on every page: none may break where there is nothing to show.</summary>
    [PartnerTheory("chromium")]
    [InlineData("empty-plant")]
    [InlineData("hub-without-agents")]
    [InlineData("agent")]
    public async Task Pages_that_have_nothing_to_show_stand(string state)
    {
        await using SimulatedPress press = await SimulatedPress.StartAsync();
        await using UiPlant plant = await UiPlant.StartAsync(
            state switch { "empty-plant" => PlantConfigs.AllInOne(0, "state"), "agent" => PlantConfigs.AgentAlone(press.Port), _ => PlantConfigs.HubAlone() }, accounts: false);
        await StateLook.AtAsync(plant, ["/topology", "/devices", "/trends", "/wall"], async (page, address) =>
        {
            await Expect(page.Locator("main h1").First).ToBeVisibleAsync();
            await Expect(page.Locator("[data-note=AGENT_OFFLINE]")).ToHaveCountAsync(0);
            if (address == "/topology" && state == "hub-without-agents")
            {
                await Expect(page.GetByText("还没有采集端")).ToBeVisibleAsync();
            }
        }, state);
    }

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
