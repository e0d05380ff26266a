using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Pages.Engineering;

/// <summary>An engineer adds a machine with nothing but the pages; a viewer cannot even look.</summary>
public sealed class AddDeviceTests
{
    [PartnerFact("chromium")]
    public async Task A_Modbus_device_is_added_from_a_template_tested_applied_and_its_first_reading_seen()
    {
        await using SimulatedPress press = await SimulatedPress.StartAsync();
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await EveryPage.OpenAsync(page, "/engineering/add");
            await page.GetByRole(AriaRole.Button, new() { Name = "temperature-controller" }).ClickAsync();
            await page.GetByLabel("设备名称").FillAsync("press-07");
            await page.GetByLabel("连接名称").FillAsync("line-7");
            await page.GetByLabel("驱动").SelectOptionAsync("modbus-tcp");
            await page.GetByLabel("主机地址").FillAsync("127.0.0.1");
            await page.GetByLabel("端口", new() { Exact = false }).First.FillAsync($"{press.Port}");
            await page.GetByLabel("站号").FillAsync("1");
            await page.GetByRole(AriaRole.Button, new() { Name = "下一步" }).ClickAsync();

            // One more tag than the template has, as an engineer copies it out of Excel.
            await page.GetByRole(AriaRole.Button, new() { Name = "添加一行" }).ClickAsync();
            await page.Locator("input[data-cell='0:0']").EvaluateAsync(
                "(cell) => { const data = new DataTransfer(); data.setData('text/plain', '首件温度\\thr:0\\tuint16\\n'); cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })) }");
            await Expect(page.Locator("input[data-cell='0:1']")).ToHaveValueAsync("hr:0");
            await page.GetByRole(AriaRole.Button, new() { Name = "下一步" }).ClickAsync();

            await page.GetByRole(AriaRole.Button, new() { Name = "试读", Exact = true }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Row, new() { Name = "首件温度" })).ToContainTextAsync("良好");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("flows", "engineering-test-read.png"), FullPage = true });
            await page.GetByRole(AriaRole.Button, new() { Name = "加入草稿" }).ClickAsync();

            await Expect(page.GetByText("press-07").First).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "应用", Exact = true }).ClickAsync();
            ILocator dialog = page.GetByRole(AriaRole.Dialog);
            await Expect(dialog).ToContainTextAsync("新增连接 line-7");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "应用", Exact = true }).ClickAsync();
            await Expect(page.GetByText("配置已生效")).ToBeVisibleAsync();

            await Eventually.TrueAsync(
                async () => await page.EvaluateAsync<bool>("async () => { const told = await (await fetch('/api/values?device=press-07')).json(); return (told.items ?? told).some((v) => v.tag === '首件温度' && v.quality === 'Good') }"),
                "the first reading of the new device is stored\n" + plant.Process.Output);
        });
    }

    [PartnerFact("chromium")]
    public async Task A_password_of_a_device_is_typed_unseen_goes_into_the_file_and_is_shown_to_nobody_afterwards()
    {
        const string Password = "kiln-forty-seven-river";
        await using SimulatedMachines machines = await SimulatedMachines.OpcUaAsync("none");
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await page.BeginDeviceAsync("press-1", "opc-ua");
            await page.GetByLabel("服务器地址").FillAsync($"opc.tcp://127.0.0.1:{machines.Port}");
            await page.GetByLabel("安全模式").SelectOptionAsync("none");
            ILocator user = page.GetByLabel("用户名").First;
            await user.FillAsync("operator");
            ILocator field = page.GetByLabel("密码").First;
            // Hidden while it is typed, and no browser offers the engineer's own password for it.
            await Expect(field).ToHaveAttributeAsync("type", "password");
            await Expect(field).ToHaveAttributeAsync("autocomplete", "new-password");
            await Expect(user).ToHaveAttributeAsync("type", "text");
            await field.FillAsync(Password);
            await page.Button("下一步").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "添加一行" }).ClickAsync();
            await page.PasteAsync(page.Cell(0, 0), "温度\tns=2;s=press-1.Temperature\n");
            await page.Button("下一步").ClickAsync();
            await page.Button("加入草稿").ClickAsync();
            Assert.DoesNotContain(Password, await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
            await page.ApplyAsync("新增连接 opc-ua-press-1");

            Assert.Contains(Password, await File.ReadAllTextAsync(plant.File("plant.json")), StringComparison.Ordinal);
            foreach (string address in (string[])["/api/engineering/config", "/api/engineering/config/state", "/api/engineering/config/history", "/api/status", "/api/plant/topology"])
            {
                string answer = await page.EvaluateAsync<string>("async (address) => (await fetch(address)).text()", address);
                Assert.DoesNotContain(Password, answer, StringComparison.Ordinal);
            }

            await EveryPage.OpenAsync(page, "/engineering/config");
            await page.GetByRole(AriaRole.Tab, new() { Name = "配置文件" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "配置文件" })).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(@"\*\*\*"));
            Assert.DoesNotContain(Password, await page.GetByRole(AriaRole.Textbox, new() { Name = "配置文件" }).InputValueAsync(), StringComparison.Ordinal);
        });
    }

    [PartnerFact("chromium")]
    public async Task A_viewer_reaches_neither_the_pages_nor_what_is_behind_them()
    {
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Viewer, Expected = ["403"] }, async page =>
        {
            await page.GotoAsync("/engineering/config");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "没有权限" })).ToBeVisibleAsync();
            int[] answers = await page.EvaluateAsync<int[]>(
                "async () => [await fetch('/api/engineering/config'), await fetch('/api/engineering/agents'), await fetch('/api/engineering/read', { method: 'POST', body: '{}' })].map((a) => a.status)");
            Assert.All(answers, status => Assert.Equal(403, status));
        });
    }
}
