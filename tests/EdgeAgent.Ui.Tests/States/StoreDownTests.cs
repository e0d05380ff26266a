using System.Net.Http.Json;
using System.Text.Json;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.States;

/// <summary>A real database that goes away under a plant that works, and comes back.</summary>
public sealed class StoreDownTests
{
    private const string Rules =
        """
        { "rules": [
            { "id": "store", "name": "数据库连不上", "kind": "store", "severity": "critical", "enabled": true, "agent": "*", "device": "*", "tag": "", "high": null, "low": null, "hysteresis": 0,
              "perMinute": null, "seconds": 2, "onDelaySeconds": 0, "offDelaySeconds": 0, "notify": ["desk"] },
            { "id": "offline", "name": "设备离线", "kind": "offline", "severity": "critical", "enabled": true, "agent": "*", "device": "*", "tag": "", "high": null, "low": null, "hysteresis": 0,
              "perMinute": null, "seconds": null, "onDelaySeconds": 0, "offDelaySeconds": 0, "notify": ["desk"] } ],
          "channels": [ { "name": "desk", "kind": "json", "url": "URL", "secret": "", "language": "zh", "mail": null } ] }
        """;

    [PartnerFact("chromium", "influxd")]
    public async Task It_is_told_wherever_people_look_rings_an_alarm_and_takes_no_device_with_it()
    {
        await using Influxd influx = await Influxd.StartAsync();
        await using TcpProxy link = new(influx.Port);
        await using SimulatedPress press = await SimulatedPress.StartAsync();
        await using RobotPeer desk = new();
        string store = $$"""{ "kind": "influxdb", "url": "http://127.0.0.1:{{link.Port}}", "database": "plant", "path": "hub/store" }""";
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(press.Port, "state", store));
        HttpClient admin = await plant.Accounts.AdminAsync();
        await plant.WithPageAsync(new UiView { Role = UiRole.Viewer }, async page =>
        {
            await page.GotoAsync("/devices");
            await Expect(page.Locator("[data-device=press-01]")).ToHaveAttributeAsync("data-state", "online");
        });
        HttpResponseMessage set = await admin.PutAsync("/api/alarms/rules", new StringContent(Rules.Replace("URL", desk.Url, StringComparison.Ordinal), null, "application/json"));
        Assert.True(set.IsSuccessStatusCode, await set.Content.ReadAsStringAsync());

        link.Refuse = true;
        link.Cut();
        await StateLook.AtAsync(plant, ["/", "/wall", "/devices/gw-01/press-01"], async (page, address) =>
        {
            await Expect(page.Locator("[data-note=STORE_DOWN]")).ToContainTextAsync("时序库写不进去");
            if (address == "/")
            {
                await Expect(page.Locator("[data-law=buffer] .term").Filter(new() { HasText = "待上传" })).Not.ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^0"));
                await Expect(page.Locator("[data-law=buffer]")).ToHaveAttributeAsync("data-balances", "true");
            }
        }, "store-down");
        JsonElement told = (await desk.NextAsync()).Body;
        Assert.Equal("store", told.GetProperty("alarm").GetProperty("rule").GetString());
        Assert.Contains("数据库连不上", told.GetProperty("text").GetString());

        link.Refuse = false;
        await plant.WithPageAsync(new UiView { Role = UiRole.Viewer }, async page =>
        {
            await page.GotoAsync("/");
            await Expect(page.Locator("[data-balance]")).ToContainTextAsync("平衡");
            await Expect(page.Locator("[data-note=STORE_DOWN]")).ToBeHiddenAsync();
            await page.GotoAsync("/devices");
            await Expect(page.Locator("[data-device=press-01]")).ToHaveAttributeAsync("data-state", "online");
        });
        JsonElement over = (await desk.NextAsync()).Body.GetProperty("alarm");
        Assert.Equal(("store", JsonValueKind.String), (over.GetProperty("rule").GetString(), over.GetProperty("clearedAt").ValueKind));
        JsonElement all = await admin.GetFromJsonAsync<JsonElement>("/api/alarms?state=all");
        Assert.All(all.GetProperty("items").EnumerateArray(), alarm => Assert.Equal("store", alarm.GetProperty("rule").GetString()));
    }
}
