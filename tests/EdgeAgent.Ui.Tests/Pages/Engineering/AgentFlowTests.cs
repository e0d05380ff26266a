using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Pages.Engineering;

/// <summary>A gateway that nobody invited: approved, and given another configuration over a broker of others.</summary>
public sealed class AgentFlowTests
{
    [PartnerFact("chromium", "mosquitto")]
    public async Task A_pending_agent_is_approved_and_takes_a_configuration_and_refuses_one_that_it_may_not_take()
    {
        using TempDirectory directory = new();
        int broker = FreePort.Tcp();
        await File.WriteAllTextAsync(directory.File("mosquitto.conf"), $"listener {broker} 127.0.0.1\nallow_anonymous true\npersistence false\n");
        await using PartnerProcess mosquitto = PartnerProcess.Start("mosquitto", ["-c", directory.File("mosquitto.conf")]);
        await Eventually.PortOpenAsync(broker);
        await using SimulatedMachines machines = await SimulatedMachines.ModbusAsync(1);
        await using UiPlant hub = await UiPlant.StartAsync((web, _) => $$"""
            { "site": "north-works", "web": { "listen": "127.0.0.1:{{web}}" },
              "hub": { "dataDirectory": "hub", "store": { "kind": "sqlite", "path": "hub/store" }, "broker": { "brokers": [ "mqtt://127.0.0.1:{{broker}}" ] } } }
            """);
        await hub.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await EveryPage.OpenAsync(page, "/engineering/agents");
            await Expect(page.GetByText("还没有采集端")).ToBeVisibleAsync();
            ILocator key = page.Locator("section").Filter(new() { HasText = "汇聚端密钥指纹" }).Locator("code").First;
            await Expect(key).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9a-f]{64}$"));

            string file = directory.File("agent.json");
            await File.WriteAllTextAsync(file, $$"""
                { "site": "north-works",
                  // The press at the gate.
                  "agent": { "id": "gw-07", "dataDirectory": "data", "remoteConfiguration": { "allow": true, "hubKey": "{{await key.InnerTextAsync()}}" },
                    "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:{{broker}}" ] } ],
                    "endpoints": [ { "name": "line", "driver": "modbus-tcp", "settings": { "host": "127.0.0.1", "port": {{machines.Port}} },
                      "devices": [ { "name": "press", "settings": { "unitId": 1 }, "tags": [ { "name": "state", "address": "hr:0", "type": "uint16" } ] } ] } ] } }
                """);
            await using PartnerProcess agent = BuiltProgram.Start(directory.Path, "run", "--config", "agent.json");

            ILocator entry = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "north-works/gw-07" });
            await Expect(entry).ToContainTextAsync("待批准", new() { Timeout = 120_000 });
            await page.KeepAsync("agent-pending");
            await entry.GetByRole(AriaRole.Button, new() { Name = "批准" }).ClickAsync();
            ILocator dialog = page.GetByRole(AriaRole.Dialog);
            await Expect(dialog).ToContainTextAsync(await entry.Locator("code").First.InnerTextAsync());
            await dialog.GetByRole(AriaRole.Button, new() { Name = "批准" }).ClickAsync();
            await Expect(entry).ToContainTextAsync("已批准");
            await Expect(entry).ToContainTextAsync("在线", new() { Timeout = 120_000 });

            // A tag more: the agent takes it, the hub confirms it, and the file on the gateway has it.
            await entry.GetByRole(AriaRole.Button, new() { Name = "远程配置" }).ClickAsync();
            await page.Button("读取采集端配置").ClickAsync();
            ILocator text = page.GetByRole(AriaRole.Textbox, new() { Name = "配置文件" });
            await Expect(text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("The press at the gate"));
            string better = (await text.InputValueAsync()).Replace("\"type\": \"uint16\" }", "\"type\": \"uint16\" }, { \"name\": \"alarm\", \"address\": \"hr:1\", \"type\": \"uint16\" }", StringComparison.Ordinal);
            await SendAsync(page, better, "新增设备 press 的测点 alarm");
            await Expect(page.GetByText("已生效并确认")).ToBeVisibleAsync(new() { Timeout = 180_000 });
            Assert.Contains("\"alarm\"", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
            await page.KeepAsync("push-kept");

            // What the agent runs now is fetched by itself: nothing is left to send, and the next change is told as a change of that, not of what was before.
            await Expect(page.Button("核对并下发")).ToBeDisabledAsync(new() { Timeout = 120_000 });
            await Expect(text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("alarm"));
            await text.FillAsync((await text.InputValueAsync()).Replace("\"press\"", "\"press-2\"", StringComparison.Ordinal));
            await page.Button("核对并下发").ClickAsync();
            ILocator next = page.GetByRole(AriaRole.Dialog);
            await Expect(next).ToContainTextAsync("press-2");
            await Expect(next).Not.ToContainTextAsync("新增设备 press 的测点 alarm");
            await next.GetByRole(AriaRole.Button, new() { Name = "关闭" }).Last.ClickAsync();
            await Expect(next).ToHaveCountAsync(0);

            // What may not be changed from afar: the agent refuses, and says why in the page's language.
            await SendAsync(page, better.Replace("\"allow\": true", "\"allow\": false", StringComparison.Ordinal), "采集端");
            await Expect(page.GetByText("采集端拒绝")).ToBeVisibleAsync(new() { Timeout = 180_000 });
            await Expect(page.GetByText("不能远程修改采集端的 id、数据目录和 remoteConfiguration；请在网关本机修改")).ToBeVisibleAsync();
            Assert.Contains("\"allow\": true", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
            await page.KeepAsync("push-refused");
        });
    }

    private static async Task SendAsync(IPage page, string text, string change)
    {
        await page.GetByRole(AriaRole.Textbox, new() { Name = "配置文件" }).FillAsync(text);
        await page.Button("核对并下发").ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync(change);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "签名并下发" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }
}
