using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.Everywhere;

/// <summary>What holds on every page of the program, found out from the pages' own list.</summary>
[Collection(DemoCollection.Name)]
public sealed class EveryPageTests(DemoPlant demo)
{
    [PartnerTheory("chromium")]
    [InlineData("1920x1080", false)]
    [InlineData("390x844", false)]
    [InlineData("1920x1080", true)]
    [InlineData("390x844", true)] // English words are the longest, and this window the narrowest.
    public Task Nothing_is_cut_or_covered_axe_has_no_serious_finding_and_the_tab_key_reaches_everything(string size, bool english) =>
        EveryPage.VisitAsync(demo.Plant, new UiView { Size = UiSize.Of(size), English = english }, async (page, address) =>
        {
            string file = Artifacts.Screenshot(english ? "en" : "zh", $"{address.Name}-{size}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = file, FullPage = true, Animations = ScreenshotAnimations.Disabled });
            List<string> wrong = [.. await EveryPage.ComplaintsAsync(page), .. await EveryPage.AxeAsync(page)];
            if (!english)
            {
                wrong.AddRange(await EveryPage.EnglishAsync(page));
                wrong.AddRange((await EveryPage.AxeAfterThemeAsync(page)).Select(finding => "in the other colours: " + finding));
                wrong.AddRange(await EveryPage.KeyboardAsync(page));
            }

            return wrong;
        });

    /// <summary>Every figure of the demo comes from simulated machines, and every page says so.</summary>
    [PartnerFact("chromium")]
    public Task Every_page_of_a_simulated_plant_has_the_watermark() =>
        EveryPage.VisitAsync(demo.Plant, new UiView(), async (page, _) =>
            await page.Locator(".watermark").IsVisibleAsync() && await page.GetByText("部分数据来自模拟设备").First.CountAsync() > 0 ? [] : ["has no watermark"]);
}
