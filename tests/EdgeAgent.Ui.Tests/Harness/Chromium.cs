using EdgeAgent.TestKit;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>One Chromium for the whole run: the system's own, without a download.</summary>
internal static class Chromium
{
    private static readonly Lazy<Task<IBrowser>> Instance = new(LaunchAsync);

    public static Task<IBrowser> BrowserAsync() => Instance.Value;

    private static async Task<IBrowser> LaunchAsync()
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Partners.Find("chromium") ?? throw new InvalidOperationException("chromium is not installed; tests/run installs what tests need."),
            // Containers run tests as root and have a small /dev/shm; there is no graphics card.
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"],
        });
    }
}
