using System.Text;
using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.Pages.Ledger;

/// <summary>The ledger as an engineer meets it: a file with mistakes, the same file corrected, one asset edited with a photo.</summary>
public sealed class LedgerTests
{
    private const string Header = "资产编号,设备名称,设备类别,状态,投用日期\r\n";

    private static readonly byte[] Photo = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [PartnerFact("chromium")]
    public async Task A_file_with_three_bad_rows_is_named_by_row_and_the_corrected_one_is_imported()
    {
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await page.GotoAsync("/ledger/import");
            await DropAsync(page, "bad.csv", Header + "B-001,数控车床,生产设备,在用,2021-01-01\r\nB-002,铣床,生产机器,在用,2021-01-01\r\nB-003,,生产设备,在用,2021-01-01\r\nB-004,磨床,生产设备,在用,去年\r\n");
            ILocator errors = page.GetByRole(AriaRole.Table, new() { Name = "问题" });
            await Assertions.Expect(errors.GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
            await Assertions.Expect(Row(errors, "生产机器")).ToContainTextAsync("3设备类别");
            await Assertions.Expect(Row(errors, "设备名称")).ToContainTextAsync("为空");
            await Assertions.Expect(Row(errors, "去年")).ToContainTextAsync("不是日期");
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameString = "导入 " })).ToHaveCountAsync(0);
            await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "ledger-import-errors.png"), FullPage = true });

            await DropAsync(page, "good.csv", Header + "B-001,数控车床,生产设备,在用,2021-01-01\r\nB-002,铣床,生产设备,在用,2021-01-01\r\nB-003,钻床,生产设备,在用,2021-01-01\r\nA-001,冲床一号,生产设备,在用,2023-05-01\r\n");
            await Assertions.Expect(page.GetByText("冲床1号 → 冲床一号")).ToBeVisibleAsync();
            await page.GetByLabel("变更原因").FillAsync("年度盘点");
            await page.GetByRole(AriaRole.Button, new() { NameString = "导入 4 项" }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { NameString = "查看台账" }).ClickAsync();
            ILocator ledger = page.GetByRole(AriaRole.Table, new() { Name = "设备台账" });
            await Assertions.Expect(ledger.GetByText("数控车床")).ToBeVisibleAsync();
            // What the configured file had is still there: the first change took it over.
            await Assertions.Expect(ledger.GetByText("普通车床1号")).ToBeVisibleAsync();
        });
    }

    [PartnerFact("chromium")]
    public async Task A_dropped_workbook_is_mended_committed_and_an_edited_export_comes_back()
    {
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await page.GotoAsync("/ledger/import");
            await DropAsync(page, "台账.xlsx", Workbook("生产机器", "", "去年"));
            ILocator errors = page.GetByRole(AriaRole.Table, new() { Name = "问题" });
            await Assertions.Expect(errors.GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
            foreach ((string text, string place) in ((string, string)[])[("生产机器", "设备台账3设备类别"), ("设备名称", "设备台账4设备名称"), ("去年", "设备台账5投用日期")])
            {
                await Assertions.Expect(Row(errors, text)).ToContainTextAsync(place);
            }

            await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "ledger-import-xlsx-errors.png"), FullPage = true });
            await DropAsync(page, "台账.xlsx", Workbook("生产设备", "钻床", "2021-01-01"));
            await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { NameRegex = new("其他工作表") })).ToContainTextAsync("仓库");
            await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "ledger-import-xlsx-ready.png"), FullPage = true });
            await page.GetByLabel("变更原因").FillAsync("建账");
            await page.GetByRole(AriaRole.Button, new() { NameString = "导入 5 项" }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { NameString = "查看台账" }).ClickAsync();
            ILocator ledger = page.GetByRole(AriaRole.Table, new() { Name = "设备台账" });
            foreach (string name in (string[])["车床", "铣床", "钻床", "磨床", "冲床1号"])
            {
                await Assertions.Expect(ledger.GetByText(name, new() { Exact = true })).ToBeVisibleAsync();
            }

            // Down, through a spreadsheet's hands, and up again.
            IDownload download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { NameString = "XLSX" }).ClickAsync());
            string path = plant.File("export.xlsx");
            await download.SaveAsAsync(path);
            await page.GotoAsync("/ledger/import");
            await DropAsync(page, "export.xlsx", await File.ReadAllBytesAsync(path));
            await Assertions.Expect(page.GetByText("文件与台账一致，没有可导入的内容。")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByText("未读取的工作表（不属于台账）：变更记录")).ToBeVisibleAsync();
        });
    }

    [PartnerFact("chromium")]
    public async Task An_asset_is_edited_with_a_reason_gets_a_photo_and_keeps_its_history()
    {
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await page.GotoAsync("/ledger");
            await page.GetByText("冲床1号").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { NameString = "修改" }).ClickAsync();
            ILocator dialog = page.GetByRole(AriaRole.Dialog);
            await dialog.GetByLabel("车间").FillAsync("冲压车间");
            await dialog.GetByLabel("变更原因").FillAsync("搬迁");
            await dialog.GetByRole(AriaRole.Button, new() { NameString = "保存" }).ClickAsync();
            await Assertions.Expect(page.GetByText("车间: (空) → 冲压车间")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByText("搬迁")).ToBeVisibleAsync();
            await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "铭牌.png", MimeType = "image/png", Buffer = Photo });
            ILocator picture = page.GetByRole(AriaRole.Img, new() { NameString = "打开 铭牌.png" });
            await Assertions.Expect(picture).ToBeVisibleAsync();
            Assert.True(await picture.EvaluateAsync<bool>("image => image.decode().then(() => image.naturalWidth === 1)"));
        });
        await plant.WithPageAsync(new UiView { Role = UiRole.Viewer }, async page =>
        {
            await page.GotoAsync("/ledger/assets/A-001");
            await Assertions.Expect(page.GetByText("冲压车间").First).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameString = "修改" })).ToHaveCountAsync(0);
        });
    }

    private static ILocator Row(ILocator table, string text) => table.GetByRole(AriaRole.Row).Filter(new() { HasText = text }).Last;

    private static Task DropAsync(IPage page, string name, string csv) => DropAsync(page, name, Encoding.UTF8.GetBytes(csv));

    /// <summary>Drops a file onto the page as a hand with a mouse does.</summary>
    private static async Task DropAsync(IPage page, string name, byte[] file)
    {
        IJSHandle carried = await page.EvaluateHandleAsync(
            """
            ([name, base64]) => {
              const carried = new DataTransfer()
              carried.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name))
              return carried
            }
            """,
            (string[])[name, Convert.ToBase64String(file)]);
        await page.Locator(".file-drop").DispatchEventAsync("drop", new { dataTransfer = carried });
    }

    private static byte[] Workbook(string category, string name, string date)
    {
        using WorkbookWriter workbook = new();
        SheetWriter assets = workbook.AddSheet("设备台账", [.. Header.Trim().Split(',').Select(h => new SheetColumn(h))]);
        assets.AddRow("B-1", "车床", "生产设备", "在用", "2021-01-01");
        assets.AddRow("B-2", "铣床", category, "在用", "2021-01-01");
        assets.AddRow("B-3", name, "生产设备", "在用", "2021-01-01");
        assets.AddRow("B-4", "磨床", "生产设备", "在用", date);
        workbook.AddSheet("区域", [new("车间"), new("产线"), new("备注")]).AddRow("仓库", "", "没有生产设备");
        return workbook.ToBytes();
    }
}
