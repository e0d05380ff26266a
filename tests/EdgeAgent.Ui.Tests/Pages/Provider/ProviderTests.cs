using System.Net.Http.Json;
using System.Text.Json;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.Pages.Provider;

/// <summary>A provider with forty enterprises: whoever needs attention first and why, found and filtered, and one looked into; on a desk and on a telephone.</summary>
public sealed class ProviderTests
{
    [PartnerFact("chromium")]
    public async Task Forty_enterprises_are_sorted_by_what_needs_attention_filtered_searched_and_looked_into()
    {
        await using UiPlant plant = await UiPlant.StartAsync(ManySites.Configure);
        HttpClient api = await plant.Accounts.AdminAsync();
        JsonElement[] items = [.. (await api.GetFromJsonAsync<JsonElement>("/api/portfolio")).GetProperty("items").EnumerateArray()];
        Assert.Equal(ManySites.Count + 1, items.Length); // and the hub's own site
        (int Gravest, int All)[] weights = [.. items.Select(i => (i.GetProperty("attention").EnumerateArray().Select(a => a.GetProperty("weight").GetInt32()).FirstOrDefault(), i.GetProperty("weight").GetInt32()))];
        Assert.Equal(weights.OrderDescending(), weights);
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await EveryPage.OpenAsync(page, "/provider");
            ILocator table = page.GetByRole(AriaRole.Table, new() { Name = "企业总览" });
            for (int i = 0; i < 8; i++)
            {
                ILocator row = table.Locator($"[data-index='{i}']");
                await Assertions.Expect(row).ToContainTextAsync(items[i].GetProperty("name").GetString()!);
                await Assertions.Expect(row).ToContainTextAsync(items[i].GetProperty("attention")[0].GetProperty("text").GetProperty("zh").GetString()!);
            }

            await Assertions.Expect(table.Locator("[data-index='0']")).ToContainTextAsync("已 3 天没有上送数据");
            await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "provider.png"), FullPage = true });
            await FilterAsync(page, table);

            await page.GetByPlaceholder("搜索企业、站点、行业").FillAsync(ManySites.NameOf(5));
            await Assertions.Expect(table).ToHaveAttributeAsync("aria-rowcount", "2"); // rows move until then, and a click would meet none
            await table.GetByText(ManySites.NameOf(5)).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = ManySites.NameOf(5), Level = 1 })).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByText("1 个数据源未入台账")).ToBeVisibleAsync();
            ILocator machines = page.GetByRole(AriaRole.Table, new() { Name = "生产设备：计入与不计入" });
            await Assertions.Expect(machines.GetByRole(AriaRole.Row).Filter(new() { HasText = "冲床1号" })).ToContainTextAsync("未绑定");
            await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "provider-site.png"), FullPage = true });
            Assert.DoesNotMatch("\\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\\b", await page.Locator("main").InnerTextAsync());
        });
        await plant.WithPageAsync(new UiView { Role = UiRole.Admin, Size = UiSize.Phone }, async page =>
        {
            await EveryPage.OpenAsync(page, "/provider");
            Assert.Empty(await EveryPage.ComplaintsAsync(page));
            await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "provider-390.png"), FullPage = true });
            await page.GetByRole(AriaRole.Table).Locator("[data-index='0']").ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "关注原因" })).ToBeVisibleAsync();
            await EveryPage.SettleAsync(page);
            Assert.Empty(await EveryPage.ComplaintsAsync(page));
            await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "provider-site-390.png"), FullPage = true });
        });
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await api.GetAsync("/api/portfolio/nowhere")).StatusCode);
    }

    /// <summary>Each kind of trouble finds exactly the enterprises that have it.</summary>
    private static async Task FilterAsync(IPage page, ILocator table)
    {
        ILocator trouble = page.GetByLabel("需要关注");
        foreach ((string label, Trouble kind) in ((string, Trouble)[])[("停止上送", Trouble.Silent), ("项目已过期", Trouble.Overdue), ("即将到期", Trouble.DueSoon), ("数据完整率低", Trouble.HalfMissing)])
        {
            int[] wanted = [.. Enumerable.Range(0, ManySites.Count).Where(i => ManySites.TroubleOf(i) == kind || (kind == Trouble.HalfMissing && ManySites.TroubleOf(i) == Trouble.Silent))]; // who is silent lacks readings too
            await trouble.SelectOptionAsync(new SelectOptionValue { Label = $"{label} ({wanted.Length})" });
            await Assertions.Expect(table).ToHaveAttributeAsync("aria-rowcount", $"{wanted.Length + 1}");
            foreach (int i in wanted)
            {
                await Assertions.Expect(table.GetByText(ManySites.NameOf(i))).ToBeVisibleAsync();
            }
        }

        await trouble.SelectOptionAsync(new SelectOptionValue { Label = "全部" });
        await page.GetByLabel("行业", new() { Exact = true }).SelectOptionAsync("新材料制造业");
        int industry = Enumerable.Range(0, ManySites.Count).Count(i => i % 3 == 2 && ManySites.TroubleOf(i) != Trouble.NoLedger);
        await Assertions.Expect(table).ToHaveAttributeAsync("aria-rowcount", $"{industry + 1}");
        await page.GetByLabel("行业", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "全部" });
    }
}
