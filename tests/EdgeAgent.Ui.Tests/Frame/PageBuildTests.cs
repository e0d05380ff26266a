using EdgeAgent.TestKit;

namespace EdgeAgent.Ui.Tests.Frame;

/// <summary>What the .NET build does about pages, with and without Node.js.</summary>
public sealed class PageBuildTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [PartnerFact("chromium")]
    public async Task Without_node_the_build_succeeds_and_says_so_once()
    {
        (int code, string output) = await BuildAsync(withNode: false);
        Assert.True(code == 0, output);
        Assert.Equal(2, output.Split("Node.js is not installed").Length);
        Assert.False(Directory.Exists(_directory.File("pages")), "there are pages without Node.js");
    }

    [PartnerFact("chromium")]
    public async Task Without_node_a_build_that_requires_pages_fails_and_names_the_way_out()
    {
        (int code, string output) = await BuildAsync(withNode: false, "-p:BuildPages=required");
        Assert.NotEqual(0, code);
        Assert.Contains("-p:BuildPages=false", output, StringComparison.Ordinal);
    }

    [PartnerFact("chromium")]
    public async Task Switched_off_nothing_is_built()
    {
        (int code, string output) = await BuildAsync(withNode: true, "-p:BuildPages=false");
        Assert.True(code == 0, output);
        Assert.False(Directory.Exists(_directory.File("pages")), output);
    }

    [PartnerFact("chromium")]
    public async Task Builds_at_the_same_time_make_the_pages_once_and_a_later_one_makes_nothing()
    {
        (int Code, string Output)[] both = await Task.WhenAll(BuildAsync(withNode: true), BuildAsync(withNode: true));
        Assert.All(both, build => Assert.True(build.Code == 0, build.Output));
        Assert.Single(both, build => build.Output.Contains("pages built", StringComparison.Ordinal));
        Assert.True(File.Exists(_directory.File("pages", "index.html.br")), "there is no compressed page");

        DateTime built = File.GetLastWriteTimeUtc(_directory.File("stamp"));
        (int code, string output) = await BuildAsync(withNode: true);
        Assert.True(code == 0 && !output.Contains("pages built", StringComparison.Ordinal), output);
        Assert.Equal(built, File.GetLastWriteTimeUtc(_directory.File("stamp")));
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>The target alone, with its outputs in the test's own directory.</summary>
    private async Task<(int Code, string Output)> BuildAsync(bool withNode, params string[] more)
    {
        string dotnet = Partners.Find("dotnet")!;
        Dictionary<string, string> environment = new() { ["MSBUILDDISABLENODEREUSE"] = "1" };
        if (!withNode)
        {
            environment["PATH"] = Directory.CreateDirectory(_directory.File("no-programs")).FullName;
            File.CreateSymbolicLink(_directory.File("no-programs", "sh"), "/bin/sh");
        }

        string project = RepositoryRoot.Combine("src", "EdgeAgent", "EdgeAgent.csproj");
        string[] arguments =
        [
            "msbuild", project, "-nologo", "-v:m", "-t:BuildPages", $"-p:PagesBuilt={_directory.File("pages")}", $"-p:PagesStamp={_directory.File("stamp")}", .. more,
        ];
        await using PartnerProcess process = PartnerProcess.Start(dotnet, arguments, environment: environment);
        await process.WaitForExitAsync(TimeSpan.FromMinutes(5));
        return (process.ExitCode, process.Output);
    }
}
