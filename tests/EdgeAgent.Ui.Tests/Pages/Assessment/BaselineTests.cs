using System.Net.Http.Json;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.Pages.Assessment;

/// <summary>Before and after: the state before the project is signed once, and what changed since is told machine by machine; what looks wrong is told with its evidence.</summary>
[Collection(DemoCollection.Name)]
public sealed class BaselineTests(DemoPlant demo)
{
    [PartnerFact("chromium")]
    public async Task A_baseline_is_taken_once_and_what_became_of_each_machine_since_is_shown()
    {
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        HttpClient api = await plant.Accounts.AdminAsync();
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await page.GotoAsync("/assessment/compare");
            await page.GetByRole(AriaRole.Button, new() { NameString = "取基线" }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameString = "取基线" }).ClickAsync();
            await Assertions.Expect(page.GetByText("实测基线：按同一规则由采集数据得出")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameString = "取基线" })).ToHaveCountAsync(0);
            await Assertions.Expect(page.GetByText("没有状态变化的设备")).ToBeVisibleAsync();

            // The press gets a controller, with a document that says so.
            using HttpResponseMessage edited = await api.PutAsJsonAsync(
                "/api/ledger/assets/A-001", new { fields = new Dictionary<string, string> { ["digitalBasis"] = "PLC", ["evidence"] = "改造合同 HT-1" }, reason = "加装 PLC" });
            Assert.True(edited.IsSuccessStatusCode, await edited.Content.ReadAsStringAsync());
            await page.ReloadAsync();
            ILocator rate = page.Locator("dl.pair").Filter(new() { HasText = "数字化率" }).First;
            await Assertions.Expect(rate).ToContainTextAsync("0.00 % (0/2) → 50.00 % (1/2)");
            await Assertions.Expect(rate).ToContainTextAsync("个百分点");
            ILocator row = page.GetByRole(AriaRole.Table, new() { Name = "状态变化的设备" }).GetByRole(AriaRole.Row).Filter(new() { HasText = "冲床1号" });
            await Assertions.Expect(row).ToBeVisibleAsync();
            Assert.DoesNotMatch("[A-Z]{3,}_[A-Z]{2,}|\\b[a-z]{4,}\\b", await row.InnerTextAsync());
            await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "before-after.png"), FullPage = true });
        });
        using HttpResponseMessage again = await api.PostAsJsonAsync("/api/assess/baseline", new { asOf = "now" });
        Assert.Equal(System.Net.HttpStatusCode.Conflict, again.StatusCode);
    }

    [PartnerTheory("chromium")]
    [InlineData("1920x1080")]
    [InlineData("390x844")]
    public Task Findings_say_what_about_whom_by_which_evidence_and_what_settles_them(string size) =>
        demo.Plant.WithPageAsync(new UiView { Role = UiRole.Assessor, Size = UiSize.Of(size) }, async page =>
        {
            await DrillTests.StandStillAsync(demo.Plant, page);
            await EveryPage.OpenAsync(page, "/assessment/findings");
            ILocator finding = page.Locator("article").Filter(new() { HasText = "demo-plant/gw-01/dlt645-1" });
            await Assertions.Expect(finding).ToContainTextAsync("未入台账");
            await Assertions.Expect(finding).ToContainTextAsync("处理办法");
            await finding.GetByText("证据").ClickAsync();
            await Assertions.Expect(finding).ToContainTextAsync("地址");
            Assert.Empty(await EveryPage.ComplaintsAsync(page));
            await page.GetByLabel("显示").SelectOptionAsync("severe");
            await Assertions.Expect(finding).ToHaveCountAsync(0);
        });
}
