using System.Text;
using System.Text.RegularExpressions;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Pages.Live;

/// <summary>The topology as assessors ask for it: on one sheet of paper.</summary>
[Collection(DemoCollection.Name)]
public sealed partial class TopologyPaperTests(DemoPlant demo)
{
    /// <summary>A4 in landscape without the margins, in CSS pixels.</summary>
    private static readonly UiSize Sheet = new("a4-landscape", 1054, 725);

    [PartnerTheory("chromium")]
    [InlineData(false)]
    [InlineData(true)]
    public Task The_whole_plant_is_on_one_sheet_in_landscape_with_its_site_the_date_and_the_simulated_mark(bool english) =>
        demo.Plant.WithPageAsync(new UiView { Role = UiRole.Assessor, Size = Sheet, English = english }, async page =>
        {
            await EveryPage.OpenAsync(page, "/topology");
            await Expect(page.Locator("[data-node=device]")).ToHaveCountAsync(18);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
            await Expect(page.Locator("main h1")).ToHaveTextAsync(english ? "Topology" : "网络拓扑");
            await Expect(page.Locator(".caption")).ToContainTextAsync(new Regex(english ? @"demo-plant · as of 20\d\d-\d\d-\d\d .*contains simulated data" : @"demo-plant · 截至 20\d\d-\d\d-\d\d .*含模拟数据"));
            await Expect(page.Locator(".watermark")).ToBeVisibleAsync();
            await Expect(page.Locator("nav")).ToBeHiddenAsync();
            foreach (string shown in (string[])["hub", "broker", "agent", "endpoint", "device"])
            {
                await Expect(page.Locator($"[data-node={shown}]").Last).ToBeVisibleAsync();
            }

            await Expect(page.Locator(".on-paper table").Last).ToBeVisibleAsync();
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("paper", $"topology-{(english ? "en" : "zh")}.png"), FullPage = true });
            Assert.Empty(await EveryPage.ComplaintsAsync(page));
            Assert.True(await page.EvaluateAsync<double>(SmallestText) >= 9.5, "nothing is smaller than 7 pt");

            byte[] pdf = await page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true, PrintBackground = true, Path = Artifacts.Screenshot("paper", $"topology-{(english ? "en" : "zh")}.pdf") });
            string text = Encoding.Latin1.GetString(pdf);
            Assert.Single(PdfPage().Matches(text));
            Match box = MediaBox().Match(text);
            Assert.InRange(double.Parse(box.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 841, 843);
            Assert.InRange(double.Parse(box.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture), 594, 596);
        });

    private const string SmallestText =
        """
        () => Math.min(...[...document.querySelectorAll('.sheet *')]
          .filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim()))
          .map((e) => parseFloat(getComputedStyle(e).fontSize)))
        """;

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex PdfPage();

    [GeneratedRegex(@"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]")]
    private static partial Regex MediaBox();
}
