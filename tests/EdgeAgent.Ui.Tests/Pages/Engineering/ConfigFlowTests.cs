using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Pages.Engineering;

/// <summary>A draft on its way into force, and back out of it.</summary>
public sealed class ConfigFlowTests
{
    [PartnerFact("chromium")]
    public async Task A_draft_with_an_error_is_not_applied_and_after_it_is_put_right_it_is_and_is_rolled_back()
    {
        await using SimulatedMachines machines = await SimulatedMachines.ModbusAsync(1);
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(machines.Port));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            string before = await File.ReadAllTextAsync(plant.File("plant.json"));
            string good = before.Replace("\"name\": \"parts\"", "\"name\": \"pieces\"", StringComparison.Ordinal);
            await EveryPage.OpenAsync(page, "/engineering/config");
            await page.GetByRole(AriaRole.Tab, new() { Name = "配置文件" }).ClickAsync();
            ILocator text = page.GetByRole(AriaRole.Textbox, new() { Name = "配置文件" });

            // What is wrong is told in Chinese, at its place, and nothing is applied.
            await text.FillAsync(good.Replace("\"hr:8\"", "\"hx:8\"", StringComparison.Ordinal));
            await page.Button("应用").ClickAsync();
            await Expect(page.GetByText("1 处错误")).ToBeVisibleAsync();
            await Expect(page.GetByText("测点“temperature”：“hx”不是寄存器类别：“hx:8”")).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
            await page.KeepAsync("check-error");
            Assert.Equal(before, await File.ReadAllTextAsync(plant.File("plant.json")));

            await text.FillAsync(good);
            await page.Button("检查").ClickAsync();
            await Expect(page.GetByText("检查通过")).ToBeVisibleAsync();
            await page.Button("查看差异").ClickAsync();
            await Expect(page.GetByText("新增设备 press-01 的测点 pieces")).ToBeVisibleAsync();
            await Expect(page.GetByText("删除设备 press-01 的测点 parts")).ToBeVisibleAsync();
            await page.ApplyAsync("新增设备 press-01 的测点 pieces", "件数改名");
            Assert.Equal(good, await File.ReadAllTextAsync(plant.File("plant.json")));
            await page.GoodReadingsAsync(plant, "press-01", "pieces");

            // The version before is in the history, with who and why.
            await page.GetByRole(AriaRole.Tab, new() { Name = "历史版本" }).ClickAsync();
            ILocator entries = page.GetByRole(AriaRole.Tabpanel).GetByRole(AriaRole.Listitem);
            ILocator running = entries.Filter(new() { HasText = "正在运行" });
            await Expect(running).ToContainTextAsync("件数改名");
            await Expect(running).ToContainTextAsync("engineer");
            await page.KeepAsync("history");
            await entries.Filter(new() { HasNotText = "正在运行" }).GetByRole(AriaRole.Button, new() { Name = "回退到此版本" }).ClickAsync();
            ILocator dialog = page.GetByRole(AriaRole.Dialog);
            await dialog.GetByLabel("修改说明").FillAsync("改名有误");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "回退到此版本" }).ClickAsync();
            await Expect(dialog).ToHaveCountAsync(0);
            await Expect(running).ToContainTextAsync("改名有误");
            Assert.Equal(before, await File.ReadAllTextAsync(plant.File("plant.json")));
        });
    }
}
