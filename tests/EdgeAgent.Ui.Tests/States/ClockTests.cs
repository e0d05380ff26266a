using System.Net.Http.Json;
using System.Text.Json;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.States;

/// <summary>Machines whose clocks are wrong, as clocks are that were never set or that nobody synchronizes.</summary>
public sealed class ClockTests
{
    [PartnerFact("chromium")]
    public async Task A_hub_whose_clock_was_never_set_says_so_on_every_page()
    {
        ShiftedTime never = new(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) - DateTimeOffset.UtcNow);
        await using UiPlant plant = await UiPlant.HostAsync(PlantConfigs.HubAlone(), never);
        await StateLook.AtAsync(plant, ["/", "/wall", "/devices", "/about"], async (page, _) =>
        {
            await Expect(page.Locator("[data-note=CLOCK_WRONG]")).ToContainTextAsync("本机时钟不对");
            await Expect(page.Locator("[data-note=CLOCK_WRONG]")).ToContainTextAsync("2020-01-01");
        }, "clock-wrong");
    }

    /// <summary>An hour ahead, as after a wrong time zone: the hub says whose clock it is and by how much, and still knows that the machine is online.</summary>
    [PartnerFact("chromium")]
    public async Task An_agent_whose_clock_is_ahead_is_named_and_its_devices_are_judged_by_the_hubs_clock()
    {
        await using SimulatedPress press = await SimulatedPress.StartAsync();
        int broker = FreePort.Tcp();
        await using UiPlant hub = await UiPlant.HostAsync(PlantConfigs.HubWithBroker(broker), TimeProvider.System);
        await using UiPlant agent = await UiPlant.HostAsync(PlantConfigs.AgentAlone(press.Port, broker), new ShiftedTime(TimeSpan.FromHours(1)));
        HttpClient admin = await hub.Accounts.AdminAsync();
        await Eventually.TrueAsync(async () => await ApproveAsync(admin), "the agent has introduced itself and is let in");

        await StateLook.AtAsync(hub, ["/", "/wall", "/about"], async (page, _) =>
        {
            await Expect(page.Locator("[data-note=AGENT_CLOCK_WRONG]")).ToContainTextAsync("采集端 gw-01 的时钟不对");
            await Expect(page.Locator("[data-note=AGENT_CLOCK_WRONG]")).ToContainTextAsync("+3600 s");
        }, "agent-clock-wrong");
        await hub.WithPageAsync(new UiView { Role = UiRole.Viewer }, async page =>
        {
            await page.GotoAsync("/devices");
            await Expect(page.Locator("[data-device=press-01]")).ToHaveAttributeAsync("data-state", "online");
            await page.GotoAsync("/");
            await Expect(page.Locator("[data-balance]")).ToContainTextAsync("平衡");
        });
    }

    private static async Task<bool> ApproveAsync(HttpClient admin)
    {
        JsonElement agents = await admin.GetFromJsonAsync<JsonElement>("/api/engineering/agents");
        string? fingerprint = agents.GetProperty("items").EnumerateArray().Select(agent => agent.GetProperty("fingerprint").GetString()).FirstOrDefault();
        return fingerprint is not null
            && (await admin.PostAsJsonAsync("/api/engineering/agents/north-works/gw-01/approve", new { fingerprint })).IsSuccessStatusCode;
    }
}
