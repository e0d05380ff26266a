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
    [InlineData("390x844", true)]
    public Task Nothing_is_cut_covered_or_beside_the_window(string size, bool english) =>
        EveryPage.VisitAsync(demo.Plant, new UiView { Size = UiSize.Of(size), English = english }, async (page, address) =>
        {
            string file = Artifacts.Screenshot(english ? "en" : "zh", $"{address.Name}-{size}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = file, FullPage = true, Animations = ScreenshotAnimations.Disabled });
            return await EveryPage.ComplaintsAsync(page);
        });

    [PartnerTheory("chromium")]
    [InlineData("1920x1080", false)]
    [InlineData("390x844", false)]
    [InlineData("1920x1080", true)]
    public Task Axe_finds_nothing_serious(string size, bool dark) =>
        EveryPage.VisitAsync(demo.Plant, new UiView { Size = UiSize.Of(size), Dark = dark }, async (page, _) => await EveryPage.AxeAsync(page));

    [PartnerTheory("chromium")]
    [InlineData("1920x1080")]
    [InlineData("390x844")]
    public Task Every_control_is_reached_by_the_tab_key_and_shows_its_focus(string size) =>
        EveryPage.VisitAsync(demo.Plant, new UiView { Size = UiSize.Of(size) }, async (page, _) => await EveryPage.KeyboardAsync(page));
}
