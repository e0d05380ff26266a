using System.Text.Json;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Pages.Live;

/// <summary>Overview, devices, topology and alarms of the demo.</summary>
[Collection(DemoCollection.Name)]
public sealed class LivePagesTests(DemoPlant demo)
{
    private static readonly UiView Viewer = new() { Role = UiRole.Viewer };

    [PartnerFact("chromium")]
    public Task A_visitor_before_the_wall_sees_what_is_connected_and_not_where_it_is() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
    {
        await EveryPage.OpenAsync(page, "/topology");
        await Expect(page.Locator("[data-node=device]")).ToHaveCountAsync(18);
        await Expect(page.Locator("[data-without-addresses]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-node] code")).ToHaveCountAsync(0);
        Assert.DoesNotContain("127.0.0.1", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    });

    [PartnerFact("chromium")]
    public Task The_overview_shows_the_law_as_numbers_that_balance_and_gauges_with_bands() => demo.Plant.WithPageAsync(Viewer, async page =>
    {
        await page.GotoAsync("/");
        await Expect(page.Locator("[data-law=accounts][data-balances=true]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-law=kept][data-balances=true]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-law=buffer]")).ToContainTextAsync("gw-01");
        await Expect(page.Locator("[data-gauge=networking]")).ToContainTextAsync("/ 19");
        foreach (string end in new[] { "10", "20", "40", "60" })
        {
            await Expect(page.Locator("[data-gauge=networking] text").Filter(new() { HasText = end }).First).ToBeAttachedAsync();
        }

        string before = await page.Locator("[data-stat=today]").InnerTextAsync();
        await Expect(page.Locator("[data-stat=today]")).Not.ToHaveTextAsync(before, new() { Timeout = 30_000, UseInnerText = true });
    });

    [PartnerFact("chromium")]
    public Task A_device_is_found_opened_and_its_values_move() => demo.Plant.WithPageAsync(Viewer, async page =>
    {
        await page.GotoAsync("/devices");
        await page.GetByLabel("按设备、资产编号、名称查找").FillAsync("press-1");
        await Expect(page.Locator("[data-device]")).ToHaveCountAsync(1);
        await page.Locator("[data-device=press-1]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "冲床1号" })).ToBeVisibleAsync();
        await Expect(page.GetByText("A-008 · press-1")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-heat]")).ToBeVisibleAsync();
        await Expect(page.GetByText("报文只对评估人员、工程师和管理员显示。")).ToBeVisibleAsync();

        ILocator power = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "power" });
        string value = await power.InnerTextAsync();
        await Expect(power).Not.ToHaveTextAsync(value, new() { UseInnerText = true });
    });

    [PartnerFact("chromium")]
    public Task Machines_without_a_device_and_devices_without_a_machine_are_told_apart() => demo.Plant.WithPageAsync(Viewer, async page =>
    {
        await page.GotoAsync("/devices");
        await page.Locator("[data-filter=never]").ClickAsync();
        await Expect(page.GetByText("普通车床1号")).ToBeVisibleAsync();
        await page.Locator("[data-filter=unledgered]").ClickAsync();
        await Expect(page.Locator("[data-device=dlt645-1]")).ToContainTextAsync("不在台账中");
    });

    [PartnerFact("chromium")]
    public Task The_topology_names_hub_broker_agent_endpoints_and_devices() => demo.Plant.WithPageAsync(Viewer, async page =>
    {
        await page.GotoAsync("/topology");
        await Expect(page.Locator("[data-node=hub]")).ToContainTextAsync("sqlite");
        await Expect(page.Locator("[data-node=broker]").First).ToBeVisibleAsync();
        await Expect(page.Locator("[data-node=agent]")).ToContainTextAsync("gw-01");
        await Expect(page.Locator("[data-node=endpoint]").Filter(new() { HasText = "dlt645" })).ToContainTextAsync("串口");
        await Expect(page.Locator("[data-node=device]").Filter(new() { HasText = "冲床1号" })).ToContainTextAsync("在线");
    });

    [PartnerFact("chromium")]
    public Task A_rule_is_made_its_alarm_comes_and_is_acknowledged_with_a_comment() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Engineer, Expected = ["400"] }, async page =>
    {
        await page.GotoAsync("/alarms/rules");
        await page.Locator("[data-add-rule]").ClickAsync();
        ILocator rule = page.Locator("[data-rule]").Last;
        await page.Locator("[data-save]").ClickAsync();
        await Expect(rule.GetByText("请填写名称，最多 100 个字符")).ToBeVisibleAsync();

        await rule.GetByLabel("名称").FillAsync("电量必有");
        await rule.GetByLabel("设备").FillAsync("press-1");
        await rule.GetByLabel("测点").FillAsync("energy");
        await rule.GetByLabel("上限").FillAsync("1");
        await page.Locator("[data-save]").ClickAsync();
        await Expect(page.GetByText("已保存。")).ToBeVisibleAsync();

        await page.GotoAsync("/alarms");
        ILocator row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "电量必有" });
        await Expect(row).ToContainTextAsync("gw-01 / press-1 / energy");
        await row.Locator("[data-acknowledge]").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("备注").FillAsync("试验用");
        await page.Locator("[data-confirm]").ClickAsync();
        await Expect(row).ToContainTextAsync("试验用");
        await page.EvaluateAsync(
            "() => fetch('/api/session').then(r => r.json()).then(s => fetch('/api/alarms/rules', { method: 'PUT', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': s.csrf }, body: '{\"rules\":[],\"channels\":[]}' }))");
    });

    [PartnerFact("chromium")]
    public async Task The_wall_needs_no_login_and_no_scrolling_where_the_state_is_open()
    {
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0, anonymous: "state"), accounts: false);
        await plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
        {
            await page.GotoAsync("/wall");
            await Expect(page.GetByText("设备联网实时看板")).ToBeVisibleAsync();
            await Expect(page.GetByText("普通车床1号")).ToBeVisibleAsync();
            JsonElement size = await page.EvaluateAsync<JsonElement>("() => ({ height: document.documentElement.scrollHeight, width: document.documentElement.scrollWidth })");
            Assert.Equal((1080, 1920), (size.GetProperty("height").GetInt32(), size.GetProperty("width").GetInt32()));
        });
    }
}
