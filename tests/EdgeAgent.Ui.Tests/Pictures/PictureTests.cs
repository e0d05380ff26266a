using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.Pictures;

/// <summary>The pictures of the README: real pages of the demo. Written into the tree when EDGEAGENT_PICTURES is set, otherwise below artifacts.</summary>
[Collection(DemoCollection.Name)]
public sealed class PictureTests(DemoPlant demo)
{
    private const int SizeMax = 200 * 1024;

    private static readonly (string Name, string Address, UiRole Role, bool English)[] Pictures =
    [
        ("overview.zh", "/", UiRole.Nobody, false),
        ("overview.en", "/", UiRole.Nobody, true),
        ("devices.zh", "/devices", UiRole.Nobody, false),
        ("devices.en", "/devices", UiRole.Nobody, true),
        ("device.zh", "/devices/gw-01/press-1", UiRole.Nobody, false),
        ("device.en", "/devices/gw-01/press-1", UiRole.Nobody, true),
        ("assessment.zh", "/assessment", UiRole.Assessor, false),
        ("assessment.en", "/assessment", UiRole.Assessor, true),
    ];

    private static string Folder => RepositoryRoot.Combine("src", "EdgeAgent", "ui", "pictures");

    [PartnerFact("chromium")]
    public async Task Pages_of_the_demo_make_the_pictures_of_the_README()
    {
        bool keep = Environment.GetEnvironmentVariable("EDGEAGENT_PICTURES") is { Length: > 0 };
        foreach ((string name, string address, UiRole role, bool english) in Pictures)
        {
            UiView view = new() { Role = role, English = english, Size = new UiSize("picture", 1160, 725) };
            await demo.Plant.WithPageAsync(view, async page =>
            {
                await EveryPage.OpenAsync(page, address);
                if (keep && address == "/")
                {
                    // The rates of a plant that just started come with the first assessment.
                    await Assertions.Expect(page.GetByText("13 / 19").First).ToBeVisibleAsync(new() { Timeout = 120_000 });
                }

                byte[] picture = await page.ScreenshotAsync(new PageScreenshotOptions { Path = keep ? Path.Combine(Folder, name + ".png") : Artifacts.Screenshot("pictures", name + ".png") });
                Assert.True(picture.Length <= SizeMax, $"{name}: {picture.Length} bytes");
            }, name);
        }
    }

    [Fact]
    public void Every_picture_of_the_README_is_there_and_small()
    {
        string[] expected = [.. Pictures.Select(p => p.Name + ".png").Order()];
        FileInfo[] files = new DirectoryInfo(Folder).GetFiles("*.png");
        Assert.Equal(expected, files.Select(f => f.Name).Order());
        Assert.All(files, file => Assert.InRange(file.Length, 1, SizeMax));
    }
}
