using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.Frame;

/// <summary>What the first page costs on a slow line.</summary>
[Collection(DemoCollection.Name)]
public sealed class FirstPageTests(DemoPlant demo)
{
    private const int SizeMax = 400 * 1024;

    [PartnerFact("chromium")]
    public async Task The_files_of_the_first_page_are_below_400_KB_compressed_and_none_of_them_draws_charts()
    {
        string folder = Path.Combine(Path.GetDirectoryName(BuiltProgram.Path)!, "wwwroot");
        List<string> files = [];
        await demo.Plant.WithPageAsync(new UiView { Role = UiRole.Nobody }, async page =>
        {
            page.Response += (_, response) =>
            {
                string path = new Uri(response.Url).AbsolutePath;
                if (!path.StartsWith("/api", StringComparison.Ordinal))
                {
                    files.Add(Path.HasExtension(path) ? path : "/index.html");
                }
            };
            await page.GotoAsync("/");
            await page.WaitForLoadStateAsync(LoadState.Load);
            await Assertions.Expect(page.Locator("main h1, main h2").First).ToBeVisibleAsync();
        });

        (string File, long Size)[] sizes = [.. files.Distinct().Select(file => (file, SizeOf(folder + file)))];
        Assert.True(sizes.Length >= 3, "The first page consists of fewer files than expected: " + string.Join(", ", files));
        Assert.True(sizes.Sum(s => s.Size) <= SizeMax, string.Join('\n', sizes.OrderByDescending(s => s.Size).Select(s => $"{s.Size} {s.File}")));
    }

    /// <summary>Gzip is what every browser takes over plain HTTP.</summary>
    private static long SizeOf(string path) => new FileInfo(File.Exists(path + ".gz") ? path + ".gz" : path).Length;
}
