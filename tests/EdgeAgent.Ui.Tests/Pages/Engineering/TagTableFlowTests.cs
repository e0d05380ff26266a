using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Pages.Engineering;

/// <summary>The table of tags: out of Excel with a mistake in it, and rows made of registers that were looked at.</summary>
public sealed class TagTableFlowTests
{
    [PartnerFact("chromium")]
    public async Task Cells_from_Excel_with_one_bad_row_are_pasted_put_right_and_applied()
    {
        await using SimulatedMachines machines = await SimulatedMachines.ModbusAsync(1);
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(machines.Port));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await EveryPage.OpenAsync(page, "/engineering/config");
            await page.Button("编辑测点 press-01").ClickAsync();
            await page.Button("添加一行").ClickAsync();
            await page.PasteAsync(page.Cell(2, 0), "名称\t地址\t数据类型\r\n电流\thr:0\tuint16\r\n功率\thr:12\tflot32\r\n次品\thr:4\tuint32\r\n");

            ILocator dialog = page.GetByRole(AriaRole.Dialog);
            await Expect(dialog.GetByText("已粘贴 3 行").Or(page.GetByText("已粘贴 3 行")).First).ToBeVisibleAsync();
            await Expect(page.Cell(4, 1)).ToHaveValueAsync("hr:4");
            await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("1 个单元格有误");
            await Expect(dialog.GetByRole(AriaRole.Listitem)).ToContainTextAsync("第 4 行 · 类型：未知类型“flot32” 是否为“float32”？");
            await Expect(page.Cell(3, 2)).ToHaveAttributeAsync("aria-invalid", "true");
            await Expect(page.Cell(2, 2)).Not.ToHaveAttributeAsync("aria-invalid", "true");
            await page.KeepAsync("paste-bad-row");

            // With the mistake it is not taken over; without it is.
            await dialog.GetByRole(AriaRole.Button, new() { Name = "存入草稿" }).ClickAsync();
            await Expect(dialog).ToBeVisibleAsync();
            await page.Cell(3, 2).FillAsync("float32");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "存入草稿" }).ClickAsync();
            await Expect(dialog).ToHaveCountAsync(0);
            await page.ApplyAsync("新增设备 press-01 的测点 功率");
            await page.GoodReadingsAsync(plant, "press-01", "电流", "功率", "次品");
        });
    }

    [PartnerFact("chromium")]
    public async Task Registers_are_shown_under_every_byte_order_and_the_right_one_becomes_a_row()
    {
        await using SimulatedMachines machines = await SimulatedMachines.ModbusAsync(1);
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await page.BeginDeviceAsync("press-02", "modbus-tcp");
            await page.GetByLabel("主机地址").FillAsync("127.0.0.1");
            await page.GetByLabel("端口").First.FillAsync($"{machines.Port}");
            await page.Button("下一步").ClickAsync();

            await page.GetByText("字节序预览").ClickAsync();
            await page.GetByLabel("寄存器地址").FillAsync("hr:8");
            await page.Button("读取寄存器").ClickAsync();

            // The simulated press has its temperature there, most significant byte first.
            ILocator right = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "float32" }).Filter(new() { HasText = "ABCD" });
            await Expect(right.GetByLabel("合理")).ToBeVisibleAsync();
            await page.KeepAsync("byte-orders");
            await page.Button("填入测点表 float32 ABCD").ClickAsync();
            await Expect(page.Cell(0, 1)).ToHaveValueAsync("hr:8");
            await Expect(page.Cell(0, 2)).ToHaveValueAsync("float32");
            await Expect(page.Cell(0, 3)).ToHaveValueAsync("ABCD");

            await page.Cell(0, 0).FillAsync("温度");
            await page.Button("下一步").ClickAsync();
            await page.Button("试读").ClickAsync();
            await Expect(page.GetByText("1 / 1 个测点良好")).ToBeVisibleAsync();
        });
    }

    [PartnerFact("chromium")]
    public async Task A_device_that_refuses_the_connection_or_the_address_is_told_in_Chinese_with_what_to_try()
    {
        await using SimulatedMachines machines = await SimulatedMachines.ModbusAsync(1);
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            int nobody = FreePort.Tcp();
            await page.BeginDeviceAsync("press-03", "modbus-tcp");
            await page.GetByLabel("主机地址").FillAsync("127.0.0.1");
            await page.GetByLabel("端口").First.FillAsync($"{nobody}");
            await page.Button("下一步").ClickAsync();
            await page.Cell(0, 0).FillAsync("温度");
            await page.Cell(0, 1).FillAsync("hr:9000");
            await page.Cell(0, 2).FillAsync("uint16");
            await page.Button("下一步").ClickAsync();
            await page.Button("试读").ClickAsync();
            await Expect(page.GetByText($"127.0.0.1:{nobody}：连接被拒绝：主机在线，但该端口没有服务")).ToBeVisibleAsync();
            await Expect(page.GetByText("请核对端口号")).ToBeVisibleAsync();
            await page.KeepAsync("refused");

            await page.Button("上一步").ClickAsync();
            await page.Button("上一步").ClickAsync();
            await page.GetByLabel("端口").First.FillAsync($"{machines.Port}");
            await page.Button("下一步").ClickAsync();
            await page.Button("下一步").ClickAsync();
            await page.Button("试读").ClickAsync();
            await Expect(page.GetByText("设备返回异常码 2（地址不存在），读取 hr:9000 至 9000")).ToBeVisibleAsync();
            await Expect(page.GetByText("说明书的编号可能从 1 开始")).ToBeVisibleAsync();
        });
    }
}
