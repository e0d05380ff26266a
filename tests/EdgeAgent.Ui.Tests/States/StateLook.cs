using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.States;

/// <summary>Looks at pages of a plant in a state that people meet: what the test wants to see, a picture, nothing cut, nothing that axe calls serious.</summary>
internal static class StateLook
{
    public static async Task AtAsync(UiPlant plant, string[] addresses, Func<IPage, string, Task> see, string picture)
    {
        foreach (UiSize size in (UiSize[])[UiSize.Desktop, UiSize.Phone])
        {
            // A store that is away, and a health that says so, are errors to a browser's console.
            await plant.WithPageAsync(new UiView { Role = UiRole.Admin, Size = size, Expected = ["/health/ready", "503"] }, async page =>
            {
                foreach (string address in addresses)
                {
                    await page.GotoAsync(address);
                    await see(page, address);
                    await EveryPage.SettleAsync(page);
                    string name = address.Trim('/').Replace('/', '-');
                    await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("states", $"{picture}-{(name.Length == 0 ? "overview" : name)}-{size}.png"), FullPage = true });
                    string[] wrong = [.. await EveryPage.ComplaintsAsync(page), .. await EveryPage.AxeAsync(page)];
                    Assert.True(wrong.Length == 0, $"{address} at {size}:\n{string.Join('\n', wrong)}");
                }
            }, $"{picture}-{size}");
        }
    }
}
