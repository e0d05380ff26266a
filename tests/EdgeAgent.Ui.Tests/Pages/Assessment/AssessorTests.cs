using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.Pages.Assessment;

/// <summary>An assessor's visit: down to a device and why it does not count, a live challenge, and a pack that holds.</summary>
public sealed class AssessorTests
{
    [PartnerFact("chromium")]
    public async Task An_assessor_drills_to_a_device_challenges_it_and_takes_a_pack_that_verifies()
    {
        await using SimulatedPress press = await SimulatedPress.StartAsync();
        // The register of seconds moves by itself, as a machine that is started does.
        await using UiPlant plant = await UiPlant.StartAsync((web, directory) => PlantConfigs.AllInOne(press.Port)(web, directory).Replace("\"hr:2\"", "\"hr:18\"", StringComparison.Ordinal));
        await plant.WithPageAsync(new UiView { Role = UiRole.Assessor }, async page =>
        {
            await page.GotoAsync("/assessment");
            await page.Locator("[data-drill=networking]").ClickAsync();
            ILocator devices = page.GetByRole(AriaRole.Table, new() { Name = "计入与不计入的设备" });
            await devices.GetByText("普通车床1号").ClickAsync();
            ILocator dialog = page.GetByRole(AriaRole.Dialog);
            await Assertions.Expect(dialog.GetByText("未绑定：没有采集设备绑定到该资产")).ToBeVisibleAsync();
            await Assertions.Expect(dialog.GetByText("NO_BINDING")).ToBeVisibleAsync();
            await Assertions.Expect(dialog.Locator("[data-verdict=digitalization]")).ToContainTextAsync("不计入");
            await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "assessor-drill.png") });
            await page.Keyboard.PressAsync("Escape");

            await ChallengeAsync(page);
            string pack = await PackAsync(page, plant);
            await using PartnerProcess verify = BuiltProgram.Start(plant.Directory, "evidence", "verify", pack, "--key", plant.File("hub", "hub.pub"));
            await verify.WaitForExitAsync(TimeSpan.FromMinutes(1));
            Assert.True(verify.ExitCode == 0, verify.Output);
        });
    }

    [PartnerFact("chromium")]
    public async Task An_engineer_answers_an_item_with_an_uploaded_proof_and_its_points_count()
    {
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await page.GotoAsync("/assessment/items");
            ILocator item = page.Locator("[data-item='5']");
            await item.GetByRole(AriaRole.Button, new() { NameString = "作答" }).ClickAsync();
            ILocator dialog = page.GetByRole(AriaRole.Dialog);
            await dialog.GetByLabel("多个业务环节").CheckAsync();
            await dialog.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "系统截图.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7 proof"u8.ToArray() });
            await Assertions.Expect(dialog.GetByRole(AriaRole.Link, new() { NameString = "打开文件" })).ToBeVisibleAsync();
            await dialog.GetByLabel("变更原因").FillAsync("现场核实");
            await dialog.GetByRole(AriaRole.Button, new() { NameString = "保存答案" }).ClickAsync();
            await Assertions.Expect(item.GetByText("5 / 10 分")).ToBeVisibleAsync();
            await Assertions.Expect(item.GetByText("系统截图")).ToBeVisibleAsync();
        });
    }

    [PartnerFact("chromium")]
    public async Task An_administrator_is_told_that_he_only_tests_himself_and_so_is_whoever_reads_the_log()
    {
        await using SimulatedPress press = await SimulatedPress.StartAsync();
        await using UiPlant plant = await UiPlant.StartAsync((web, directory) => PlantConfigs.AllInOne(press.Port)(web, directory).Replace("\"hr:2\"", "\"hr:18\"", StringComparison.Ordinal));
        await plant.WithPageAsync(new UiView { Role = UiRole.Admin }, async page =>
        {
            await page.GotoAsync("/assessment/challenge");
            await Assertions.Expect(page.GetByText("您不是评审员，这里发起的只是自测")).ToBeVisibleAsync();
            await AskAsync(page, "发起自测");
            await Assertions.Expect(page.Locator("[data-challenge]")).ToContainTextAsync("自测（不计）");
            await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "admin-self-test.png"), FullPage = true });
        });
        await plant.WithPageAsync(new UiView { Role = UiRole.Assessor }, async page =>
        {
            await page.GotoAsync("/assessment/challenge");
            ILocator log = page.GetByRole(AriaRole.Table, new() { Name = "测试记录" });
            await Assertions.Expect(log.GetByText("自测（不计）").First).ToBeVisibleAsync();
            await Assertions.Expect(log.GetByText("（管理员）").First).ToBeVisibleAsync();
            await Assertions.Expect(log.GetByText("评审员测试")).ToHaveCountAsync(0);
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameString = "发起测试" })).ToBeVisibleAsync();
        });
    }

    private static async Task ChallengeAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { NameString = "挑战测试" }).ClickAsync();
        await AskAsync(page, "发起测试");
        await Assertions.Expect(page.Locator("[data-challenge]")).ToContainTextAsync("评审员测试");
        await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "assessor-challenge.png"), FullPage = true });
    }

    private static async Task AskAsync(IPage page, string button)
    {
        await page.GetByLabel("设备", new() { Exact = true }).SelectOptionAsync("A-001");
        ILocator tag = page.GetByLabel("测点", new() { Exact = true });
        await Assertions.Expect(tag.Locator("option")).ToHaveCountAsync(3);
        await tag.SelectOptionAsync(new SelectOptionValue { Label = "press-01 · parts" });
        await page.GetByRole(AriaRole.Button, new() { NameString = button }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-challenge]").GetByText("已观察到变化")).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    private static async Task<string> PackAsync(IPage page, UiPlant plant)
    {
        await page.GetByRole(AriaRole.Link, new() { NameString = "表单与佐证包" }).ClickAsync();
        await page.Locator("[data-make=pack]").ClickAsync();
        ILocator save = page.Locator("[data-save=pack]");
        await Assertions.Expect(save).ToBeVisibleAsync(new() { Timeout = 120_000 });
        IDownload download = await page.RunAndWaitForDownloadAsync(() => save.ClickAsync());
        string path = plant.File("downloaded.zip");
        await download.SaveAsAsync(path);
        await page.Locator(".verify input[type=file]").SetInputFilesAsync(path);
        await Assertions.Expect(page.GetByText("核验通过")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator(".verify")).ToContainTextAsync("设备总数 2；");
        await Assertions.Expect(page.Locator(".verify")).ToContainTextAsync("评审员发起的挑战测试 1 次");
        await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "assessor-pack.png"), FullPage = true });
        await TamperAsync(page, path, plant.File("tampered.zip"));
        return path;
    }

    /// <summary>One figure of the pack is edited, and then something is uploaded that is no pack: both are said plainly, in the reader's language.</summary>
    private static async Task TamperAsync(IPage page, string pack, string tampered)
    {
        byte[] bytes = await File.ReadAllBytesAsync(pack);
        int at = bytes.AsSpan().IndexOf("\"total\": 2,"u8);
        Assert.True(at > 0, "the pack says that two devices count");
        bytes["\"total\": ".Length + at] = (byte)'1';
        await File.WriteAllBytesAsync(tampered, bytes);
        await page.Locator(".verify input[type=file]").SetInputFilesAsync(tampered);
        ILocator verify = page.Locator(".verify");
        await Assertions.Expect(verify.GetByText("核验不通过")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        ILocator problems = verify.GetByRole(AriaRole.Table, new() { Name = "不符之处" });
        await Assertions.Expect(problems).ToContainTextAsync("metrics.json");
        await Assertions.Expect(problems).ToContainTextAsync("内容与签名清单中的 SHA-256 不符：已被改动");
        await Assertions.Expect(problems).ToContainTextAsync("写的是 1，重新计算为 2");
        Assert.DoesNotMatch("[a-z]{3,} [a-z]{2,} [a-z]{2,}", await problems.InnerTextAsync());
        await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "assessor-pack-tampered.png"), FullPage = true });

        await verify.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "photo.zip", MimeType = "application/zip", Buffer = "PK no pack at all"u8.ToArray() });
        await Assertions.Expect(verify.GetByText("不是佐证包")).ToBeVisibleAsync();
        await Assertions.Expect(verify.GetByText("核验不通过：1 处不符")).ToBeVisibleAsync();
    }
}
