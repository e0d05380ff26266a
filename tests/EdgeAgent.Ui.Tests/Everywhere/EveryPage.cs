using System.Text.Json;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.Everywhere;

/// <summary>Walks through all pages that the program declares, and what is looked at on each.</summary>
internal static class EveryPage
{
    private static readonly string Axe = File.ReadAllText(RepositoryRoot.Combine("src", "EdgeAgent", "ui", "node_modules", "axe-core", "axe.min.js"));

    /// <summary>Asks the pages themselves, so that none is forgotten.</summary>
    public static async Task<IReadOnlyList<PageAddress>> ListAsync(UiPlant plant)
    {
        List<PageAddress> pages = [];
        await plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
        {
            await page.GotoAsync("/about");
            await page.WaitForFunctionAsync("() => window.edgeagent");
            JsonElement declared = await page.EvaluateAsync<JsonElement>("() => window.edgeagent.pages");
            pages.AddRange(declared.EnumerateArray().Select(p => new PageAddress(
                p.GetProperty("name").GetString()!, p.GetProperty("path").GetString()!, p.GetProperty("access").GetString()!, p.GetProperty("inNavigation").GetBoolean())));
        });
        Assert.NotEmpty(pages);
        return [.. pages.Where(Examples.IsShown)];
    }

    /// <summary>Opens each page in a context of its own and collects what is wrong, so that one run tells everything.</summary>
    public static async Task VisitAsync(UiPlant plant, UiView view, Func<IPage, PageAddress, Task<IEnumerable<string>>> look, Func<PageAddress, bool>? only = null)
    {
        List<string> wrong = [];
        foreach (PageAddress address in await ListAsync(plant))
        {
            if (only?.Invoke(address) == false)
            {
                continue;
            }

            try
            {
                await plant.WithPageAsync(view with { Role = Examples.ViewerOf(address), Expected = Examples.ExpectedOf(address) }, async page =>
                {
                    await OpenAsync(page, Examples.AddressOf(address));
                    wrong.AddRange((await look(page, address)).Select(what => $"{address.Name}: {what}"));
                }, $"{address.Name}-{view.Size}");
            }
            catch (Exception problem)
            {
                wrong.Add($"{address.Name}: {problem.Message}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} at {view.Size}:\n" + string.Join('\n', wrong));
    }

    /// <summary>Opens an address and waits until what it shows has come.</summary>
    public static async Task OpenAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await SettleAsync(page);
    }

    /// <summary>Nothing is awaited any more, and two frames in a row have the same size.</summary>
    public static async Task SettleAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => document.querySelector('main')?.children.length > 0 && !document.querySelector('.loading')");
        await page.EvaluateAsync("() => document.fonts.ready.then(() => true)");
        await page.WaitForFunctionAsync(
            """
            () => {
              const size = document.body.innerHTML.length + ':' + document.documentElement.scrollHeight
              const before = window.__size
              window.__size = size
              window.__same = before && before.split(':')[1] === size.split(':')[1] ? (window.__same ?? 0) + 1 : 0
              return window.__same >= 4
            }
            """,
            null,
            new PageWaitForFunctionOptions { PollingInterval = 80 });
    }

    public static Task<string[]> ComplaintsAsync(IPage page) => page.EvaluateAsync<string[]>(Script("page-checks.js"));

    /// <summary>What a page in Chinese says in English.</summary>
    public static Task<string[]> EnglishAsync(IPage page) => page.EvaluateAsync<string[]>(Script("english.js"));

    /// <summary>Findings of axe-core that are serious or worse, in words.</summary>
    public static async Task<IReadOnlyList<string>> AxeAsync(IPage page, string options = "{ resultTypes: ['violations'] }")
    {
        // As a debugger and not as a script of the page: the content security policy would stop that.
        await page.EvaluateAsync(Axe);
        JsonElement violations = await page.EvaluateAsync<JsonElement>(
            $$"""
            () => axe.run({ exclude: [['.watermark']] }, {{options}}).then((result) => result.violations
              .filter((v) => v.impact === 'serious' || v.impact === 'critical')
              .map((v) => v.id + ': ' + v.nodes.slice(0, 4).map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? n.failureSummary ?? '')).join(' | ')))
            """);
        return [.. violations.EnumerateArray().Select(v => "axe " + v.GetString())];
    }

    /// <summary>Contrast in the colours that the page did not open in.</summary>
    public static async Task<IReadOnlyList<string>> AxeAfterThemeAsync(IPage page)
    {
        await page.EvaluateAsync("() => { const d = document.documentElement.dataset; d.theme = d.theme === 'dark' ? 'light' : 'dark' }");
        return await AxeAsync(page, "{ resultTypes: ['violations'], runOnly: ['color-contrast'] }");
    }

    /// <summary>Presses the tab key through the whole page.</summary>
    public static async Task<IReadOnlyList<string>> KeyboardAsync(IPage page)
    {
        string script = Script("keyboard.js");
        int controls = await page.EvaluateAsync<int>(script, "list");
        HashSet<string> wrong = [];
        for (int presses = 0, repeats = 0; presses < (controls * 2) + 10 && repeats < 3; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            JsonElement step = await page.EvaluateAsync<JsonElement>(script, "step");
            if (step.TryGetProperty("done", out _) || step.GetProperty("again").GetBoolean())
            {
                repeats++;
                continue;
            }

            if (step.GetProperty("unseen").GetString() is { } unseen)
            {
                wrong.Add($"no visible focus: {unseen}");
            }
        }

        wrong.UnionWith((await page.EvaluateAsync<string[]>(script, "left")).Select(left => $"not reached by the tab key: {left}"));
        return [.. wrong];
    }

    private static string Script(string name)
    {
        using StreamReader reader = new(typeof(EveryPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
