using System.Text.Json;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.Pages.Assessment;

/// <summary>From a share to the machines behind it: how many count, how many do not, why, and which; on a desk and on a telephone.</summary>
[Collection(DemoCollection.Name)]
public sealed class DrillTests(DemoPlant demo)
{
    [PartnerTheory("chromium")]
    [InlineData("1920x1080")]
    [InlineData("390x844")]
    public Task A_share_leads_to_every_machine_that_counts_and_that_does_not_and_the_sums_meet(string size) =>
        demo.Plant.WithPageAsync(new UiView { Role = UiRole.Assessor, Size = UiSize.Of(size) }, async page =>
        {
            await StandStillAsync(demo.Plant, page);
            foreach (string rate in (string[])["networking", "digitalization"])
            {
                await page.GotoAsync("/assessment");
                await page.Locator($"[data-drill={rate}]").ClickAsync();
                await EveryPage.SettleAsync(page);
                (int all, int counts, int not) = (await NumberAsync(page, "all"), await NumberAsync(page, "counts"), await NumberAsync(page, "countsNot"));
                Assert.Equal(all, counts + not);
                Assert.True(counts > 0 && not > 0, $"{rate}: {counts} and {not}");
                await Assertions.Expect(page.GetByText($"= 计入 {counts} 台 ÷ 设备总数 {all} 台")).ToBeVisibleAsync();

                await page.Locator("[data-show=countsNot]").ClickAsync();
                ILocator table = page.GetByRole(AriaRole.Table, new() { Name = "计入与不计入的设备" });
                await Assertions.Expect(table).ToHaveAttributeAsync("aria-rowcount", $"{not + 1}");
                ILocator reason = page.Locator("[data-reason]").First;
                int why = int.Parse(await reason.Locator(".figures").InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);
                await reason.ClickAsync();
                await Assertions.Expect(table).ToHaveAttributeAsync("aria-rowcount", $"{why + 1}");
                await table.GetByRole(AriaRole.Row).Nth(1).ClickAsync();
                ILocator verdict = page.GetByRole(AriaRole.Dialog).Locator($"[data-verdict={rate}]");
                await Assertions.Expect(verdict).ToContainTextAsync("不计入");
                await Assertions.Expect(verdict).ToContainTextAsync(rate == "networking" ? "：" : "：台账");
                await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", $"drill-{rate}-{size}.png") });
                Assert.Empty(await EveryPage.ComplaintsAsync(page));
                await page.Keyboard.PressAsync("Escape");
            }
        });

    /// <summary>Nothing on these pages speaks English to somebody who reads Chinese, but for names, codes and hashes.</summary>
    [PartnerTheory("chromium")]
    [InlineData("/assessment")]
    [InlineData("/assessment/devices?show=countsNot")]
    [InlineData("/assessment/items")]
    [InlineData("/assessment/scenes")]
    [InlineData("/assessment/findings")]
    [InlineData("/assessment/documents")]
    [InlineData("/assessment/print")]
    [InlineData("/ledger/import")]
    [InlineData("/ledger/history")]
    [InlineData("/provider")]
    public Task A_Chinese_page_is_Chinese_throughout(string address) => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Admin }, async page =>
    {
        await EveryPage.OpenAsync(page, address);
        // What is folded away is read too.
        await page.EvaluateAsync("() => document.querySelectorAll('main details').forEach((d) => { d.open = true })");
        Assert.DoesNotMatch("\\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\\b", (await page.Locator("main").InnerTextAsync()).Replace("edgeagent evidence verify", "", StringComparison.Ordinal));
    });

    /// <summary>Waits until machines count, and then shows that one assessment: the next may count another one while the sums are taken.</summary>
    internal static async Task StandStillAsync(UiPlant plant, IPage page)
    {
        HttpClient api = await plant.Accounts.AdminAsync();
        string result = "";
        await Eventually.TrueAsync(
            async () =>
            {
                result = await api.GetStringAsync("/api/assess/result");
                using JsonDocument json = JsonDocument.Parse(result);
                JsonElement of = json.RootElement.GetProperty("result");
                return of.GetProperty("indicators").GetProperty("networking").GetProperty("n").GetInt32() > 0 && of.GetProperty("findings").EnumerateArray().Any(f => f.GetProperty("subject").GetString()!.EndsWith("dlt645-1", StringComparison.Ordinal));
            },
            "the demo has machines that count and a meter in no ledger", TimeSpan.FromMinutes(3));
        await page.RouteAsync("**/api/assess/result*", route => route.FulfillAsync(new() { Body = result, ContentType = "application/json" }));
    }

    private static async Task<int> NumberAsync(IPage page, string which) =>
        int.Parse(await page.Locator($"[data-show={which}] .figures").InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);
}
