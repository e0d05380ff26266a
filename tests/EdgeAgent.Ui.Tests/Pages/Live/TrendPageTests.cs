using System.Text.Json;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Pages.Live;

/// <summary>The trend page, over answers of the test where the picture itself is looked at.</summary>
[Collection(DemoCollection.Name)]
public sealed class TrendPageTests(DemoPlant demo)
{
    private const string Series = """{"id":"gw-01/press-1/power","agent":"gw-01","device":"press-1","tag":"power","unit":"kW","kind":"float32","intervalMs":1000,"decimals":1,"configured":true}""";

    [PartnerFact("chromium")]
    public Task A_gap_is_never_drawn_as_a_line_and_a_value_that_stood_still_is() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Viewer }, async page =>
    {
        await page.RouteAsync("**/api/plant/series*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = $$"""{"total":1,"offset":0,"items":[{{Series}}]}""" }));
        await page.RouteAsync("**/api/plant/trend?*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = Answer(route.Request.Url) }));
        await page.GotoAsync("/trends?series=gw-01/press-1/power");
        await Expect(page.Locator("[data-summary]")).ToContainTextAsync("缺失 1 段");
        await page.WaitForFunctionAsync("() => document.querySelector('canvas')");

        // A third of the range: the value stands still without readings. The middle: a gap. The last third: it stands still again.
        Assert.True(await ColumnAsync(page, 0.2), "a value that stood still is drawn");
        Assert.False(await ColumnAsync(page, 0.5), "nothing is drawn over a gap");
        Assert.True(await ColumnAsync(page, 0.8), "the value after the gap is drawn");
    });

    [PartnerFact("chromium")]
    public Task Tags_are_picked_drawn_and_exported() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Viewer }, async page =>
    {
        await page.GotoAsync("/trends?device=gw-01/press-2");
        await Expect(page.Locator("[data-summary]")).ToContainTextAsync("press-2");
        await Expect(page.Locator("canvas").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "10 分" }).ClickAsync();
        Task<IDownload> waits = page.WaitForDownloadAsync();
        await page.Locator("[data-csv]").ClickAsync();
        string csv = await File.ReadAllTextAsync(await (await waits).PathAsync());
        Assert.StartsWith("time,agent,device,tag,value,unit,quality,count,min,max", csv.TrimStart('\uFEFF'));
        Assert.Contains(",gw-01,press-2,", csv);
    });

    /// <summary>Whether the series' colour is found in the plot at a part of its width.</summary>
    private static async Task<bool> ColumnAsync(IPage page, double at)
    {
        bool found = false;
        for (int tries = 0; tries < 40 && !found; tries++)
        {
            found = await page.EvaluateAsync<bool>(
                """
                (at) => {
                  const canvas = document.querySelector('canvas')
                  const ratio = canvas.width / canvas.clientWidth
                  const x = Math.round((64 + (canvas.clientWidth - 64 - 24) * at) * ratio)
                  const data = canvas.getContext('2d').getImageData(x, 35 * ratio, 1, canvas.height - 95 * ratio).data
                  for (let i = 0; i < data.length; i += 4) if (Math.abs(data[i] - 11) + Math.abs(data[i + 1] - 97) + Math.abs(data[i + 2] - 112) < 40 && data[i + 3] > 200) return true
                  return false
                }
                """,
                at);
            await page.EvaluateAsync("() => new Promise((done) => requestAnimationFrame(() => done(true)))");
        }

        return found;
    }

    private static string Answer(string url)
    {
        Dictionary<string, string> query = new Uri(url).Query.TrimStart('?').Split('&').Select(p => p.Split('=')).GroupBy(p => p[0]).ToDictionary(g => g.Key, g => Uri.UnescapeDataString(g.First()[1]));
        (DateTimeOffset from, DateTimeOffset to) = (DateTimeOffset.Parse(query["from"]), DateTimeOffset.Parse(query["to"]));
        long Ms(double share) => from.ToUnixTimeMilliseconds() + (long)((to - from).TotalMilliseconds * share);
        return JsonSerializer.Serialize(new
        {
            from,
            to,
            series = new[]
            {
                new
                {
                    id = "gw-01/press-1/power", unit = "kW", kind = "float32", decimals = 1, intervalMs = 1000, bucketMs = 0,
                    points = new object[] { new { t = Ms(0.02), v = 40.0 }, new { t = Ms(0.36), v = 60.0 }, new { t = Ms(0.64), v = 60.0 }, new { t = Ms(0.98), v = 40.0 } },
                    gaps = new[] { new { from = Ms(0.38), to = Ms(0.64) } }, bands = Array.Empty<object>(),
                },
            },
        });
    }
}
