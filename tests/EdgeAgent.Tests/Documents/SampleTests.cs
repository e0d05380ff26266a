using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Simulation;
using EdgeAgent.TestKit;
using EdgeAgent.Tests.Commands;

namespace EdgeAgent.Tests.Documents;

/// <summary>Whatever a reader copies works as it stands.</summary>
public sealed class SampleTests
{
    private static readonly string Folder = RepositoryRoot.Combine("configs");

    [Fact]
    public async Task Every_sample_passes_check()
    {
        foreach (string file in Directory.EnumerateFiles(Folder, "*.json").Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal)))
        {
            if (Path.GetFileName(file) == "simulation.json")
            {
                Assert.NotNull(SimulationFile.Load(file, out ConfigErrors errors));
                Assert.Empty(errors);
                continue;
            }

            CommandLineRun run = await CommandLineRun.OfAsync("check", file);
            Assert.True(run.ExitCode == ExitCodes.Done, run.Error);
        }
    }

    [Fact]
    public void Every_table_is_used_by_a_sample_that_is_checked()
    {
        string samples = string.Concat(Directory.EnumerateFiles(Folder, "*.json").Select(File.ReadAllText));
        Assert.All(
            Directory.EnumerateFiles(Folder, "*.csv", SearchOption.AllDirectories),
            table => Assert.Contains(Path.GetRelativePath(Folder, table), samples));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public async Task The_first_own_device_of_the_readme_passes_check(string readme)
    {
        using var directory = new TempDirectory();
        Document document = Document.Read(readme);
        string[] tables = [.. document.Blocks.Where(block => block.Language == "csv").Select(block => block.Code)];
        File.WriteAllText(directory.File("first.json"), document.Blocks.Single(block => block.Language == "jsonc").Code);
        File.WriteAllText(directory.File("press-01.csv"), tables[0]);
        File.WriteAllText(directory.File("ledger.csv"), tables[1]);

        CommandLineRun run = await CommandLineRun.OfAsync("check", directory.File("first.json"));

        Assert.Equal("", run.Error);
        Assert.Equal(ExitCodes.Done, run.ExitCode);
    }
}
