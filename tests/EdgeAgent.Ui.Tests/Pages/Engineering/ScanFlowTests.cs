using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Server;
using EdgeAgent.Protocols.Serial;
using EdgeAgent.Protocols.Serial.Linux;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Pages.Engineering;

/// <summary>Devices are looked for where the engineer says, and what was asked is said.</summary>
public sealed class ScanFlowTests
{
    [PartnerFact("chromium")]
    public async Task Units_behind_a_gateway_are_found_and_one_of_them_begins_the_wizard()
    {
        await using SimulatedMachines machines = await SimulatedMachines.ModbusAsync(1, 4);
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await EveryPage.OpenAsync(page, "/engineering/scan");
            await page.GetByText("一个 Modbus 网关后").ClickAsync();
            await page.GetByLabel("网关地址").FillAsync("127.0.0.1");
            await page.GetByLabel("Modbus 端口").FillAsync($"{machines.Port}");
            await page.GetByLabel("最大站号").FillAsync("5");
            await ScanUntilAsync(page, "Modbus 站号 1", "Modbus 站号 4");
            await Expect(page.GetByText("站号 1 至 5（都没有应答时再问 255 → 0）")).ToBeVisibleAsync();
            await page.KeepAsync("scan-units");

            await page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Modbus 站号 4" }).GetByRole(AriaRole.Button, new() { Name = "添加" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "不用模板" }).ClickAsync();
            await Expect(page.GetByLabel("主机地址")).ToHaveValueAsync("127.0.0.1");
            await Expect(page.GetByLabel("端口").First).ToHaveValueAsync($"{machines.Port}");
            await Expect(page.GetByLabel("站号").First).ToHaveValueAsync("4");
        });
    }

    [PartnerFact("chromium")]
    public async Task A_device_in_a_network_that_answers_as_unit_255_only_is_found_and_the_page_says_what_was_asked()
    {
        await using SimulatedMachines machines = await SimulatedMachines.ModbusAsync(255);
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await EveryPage.OpenAsync(page, "/engineering/scan");
            await page.GetByLabel("地址范围").FillAsync("127.0.0.1");
            await page.GetByLabel("Modbus 端口").FillAsync($"{machines.Port}");

            await page.GetByLabel("询问的 Modbus 站号").FillAsync("1, 300");
            await Expect(page.GetByText("请填写 0 到 255 的站号")).ToBeVisibleAsync();
            await Expect(page.Button("开始扫描")).ToBeDisabledAsync();

            await page.GetByLabel("询问的 Modbus 站号").FillAsync("1、255");
            await ScanUntilAsync(page, "Modbus 站号 255");
            await Expect(page.GetByText($"Modbus TCP 端口 {machines.Port}（站号 1 → 255，有应答为止）")).ToBeVisibleAsync();
            await Expect(page.GetByText("OPC UA 端口 4840")).ToBeVisibleAsync();
            await page.KeepAsync("scan-network");
        });
    }

    [PartnerFact("chromium")]
    public async Task A_unit_on_a_serial_line_is_found_and_begins_the_wizard_with_the_lines_settings()
    {
        using PseudoTerminal terminal = PseudoTerminal.Open(TimeProvider.System);
        await using ModbusLineServer unit = new(terminal.Line, new SerialSettings { BaudRate = 9600 }, ModbusFraming.Rtu);
        unit.Units[2] = new RegisterBank();
        unit.Start();
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await EveryPage.OpenAsync(page, "/engineering/scan");
            await page.GetByText("一条串口线").ClickAsync();
            await page.GetByLabel("串口", new() { Exact = true }).FillAsync(terminal.Port);
            await page.GetByLabel("最大站号").FillAsync("2");
            await Expect(page.GetByLabel("Modbus 端口")).ToHaveCountAsync(0);
            await ScanUntilAsync(page, "Modbus 站号 2");
            await page.KeepAsync("scan-line");

            await page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Modbus 站号 2" }).First.GetByRole(AriaRole.Button, new() { Name = "添加" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "不用模板" }).ClickAsync();
            await Expect(page.GetByLabel("驱动")).ToHaveValueAsync("modbus-rtu");
            await Expect(page.GetByLabel("端口").First).ToHaveValueAsync(terminal.Port);
            await Expect(page.GetByLabel("站号").First).ToHaveValueAsync("2");
        });
    }

    [PartnerFact("chromium")]
    public async Task A_serial_port_that_is_not_there_is_said()
    {
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer, Expected = ["400"] }, async page =>
        {
            await EveryPage.OpenAsync(page, "/engineering/scan");
            await page.GetByText("一条串口线").ClickAsync();
            await page.GetByLabel("串口", new() { Exact = true }).FillAsync("/dev/ttyNOSUCH7");
            await page.Button("开始扫描").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "ttyNOSUCH7" })).ToBeVisibleAsync(new() { Timeout = 120_000 });
        });
    }

    /// <summary>Scans, and scans again as a person would: on a machine that is held up, a peer may be too late for the usual 300 ms.</summary>
    private static Task ScanUntilAsync(IPage page, params string[] found) => Eventually.TrueAsync(
        async () =>
        {
            await page.Button("开始扫描").ClickAsync();
            await Expect(page.GetByText("扫描完成")).ToBeVisibleAsync(new() { Timeout = 120_000 });
            string text = await page.InnerTextAsync("main");
            return found.All(one => text.Contains(one, StringComparison.Ordinal));
        },
        "the scan finds " + string.Join(", ", found), TimeSpan.FromMinutes(5));
}
