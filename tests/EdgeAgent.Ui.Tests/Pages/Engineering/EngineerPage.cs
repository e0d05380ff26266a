using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Everywhere;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Pages.Engineering;

/// <summary>What an engineer does on these pages again and again.</summary>
internal static class EngineerPage
{
    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Cell(this IPage page, int row, int column) => page.Locator($"input[data-cell='{row}:{column}']");

    /// <summary>Opens the wizard without a template and fills in device and driver.</summary>
    public static async Task BeginDeviceAsync(this IPage page, string device, string driver)
    {
        await EveryPage.OpenAsync(page, "/engineering/add");
        await page.GetByRole(AriaRole.Button, new() { Name = "不用模板" }).ClickAsync();
        await page.GetByLabel("设备名称").FillAsync(device);
        await page.GetByLabel("驱动").SelectOptionAsync(driver);
    }

    /// <summary>Pastes as Excel does: through the clipboard and the keyboard.</summary>
    public static async Task PasteAsync(this IPage page, ILocator cell, string text)
    {
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await cell.FocusAsync();
        await page.EvaluateAsync("text => navigator.clipboard.writeText(text)", text);
        await page.Keyboard.PressAsync("Control+V");
    }

    /// <summary>Applies the draft on the page of the configuration.</summary>
    /// <param name="change">A sentence that the dialog must say.</param>
    public static async Task ApplyAsync(this IPage page, string change, string comment = "")
    {
        await page.Button("应用").ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync(change);
        await dialog.GetByLabel("修改说明").FillAsync(comment);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "应用", Exact = true }).ClickAsync();
        await Expect(page.GetByText("配置已生效").First).ToBeVisibleAsync();
    }

    /// <summary>Waits until good readings of these tags are stored.</summary>
    public static Task GoodReadingsAsync(this IPage page, UiPlant plant, string device, params string[] tags) => Eventually.TrueAsync(
        async () => await page.EvaluateAsync<bool>(
            """
            async ([device, ...tags]) => {
              const told = await (await fetch('/api/values?device=' + encodeURIComponent(device))).json()
              const values = told.items ?? told
              return tags.every((tag) => values.some((one) => one.tag === tag && one.quality === 'Good'))
            }
            """, (string[])[device, .. tags]),
        $"the first readings of {device} are stored\n{plant.Process.Output}");

    /// <summary>Keeps pictures of a state that nobody meets by opening an address, and looks for what is cut, covered or unreadable in both windows.</summary>
    public static async Task KeepAsync(this IPage page, string name)
    {
        List<string> wrong = [];
        foreach (UiSize size in (UiSize[])[UiSize.Phone, UiSize.Desktop])
        {
            await page.SetViewportSizeAsync(size.Width, size.Height);
            await EveryPage.SettleAsync(page);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot("flows", $"engineering-{name}-{size}.png"), FullPage = true });
            string[] found = [.. await EveryPage.ComplaintsAsync(page), .. await EveryPage.AxeAsync(page)];
            wrong.AddRange(found.Select(what => $"{size}: {what}"));
        }

        Assert.True(wrong.Count == 0, $"{name}:\n" + string.Join('\n', wrong));
    }
}
