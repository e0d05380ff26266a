using System.Text.Json;
using EdgeAgent.Commands;
using EdgeAgent.Commands.Demo;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Commands.Demo;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task A_slice_of_the_demo_collects_stores_balances_and_counts_only_what_is_connected()
    {
        using TempDirectory directory = new();

        CommandLineRun run = await CommandLineRun.OfAsync("demo", "--for", "8s", "--json", "--data", directory.File("data"));

        Assert.True(run.ExitCode == ExitCodes.Done, run.Error + run.Out);
        using JsonDocument figures = JsonDocument.Parse(run.Out);
        JsonElement root = figures.RootElement;
        Assert.Equal(14 + 2 + 1 + 1, root.GetProperty("online").GetInt32());
        Assert.True(root.GetProperty("stored").GetInt64() > 0);
        Assert.Equal(root.GetProperty("acknowledged").GetInt64(), root.GetProperty("stored").GetInt64());
        Assert.Equal(19, root.GetProperty("digitalizationRate").GetProperty("d").GetInt32());
        Assert.True(root.GetProperty("startToFirstStoredMs").GetInt64() > 0);
        Assert.True(root.GetProperty("balanced").GetBoolean());

        // A sensor on a plain drill and an address that answers are heard of, and make neither machine a networked one.
        CommandLineRun coverage = await CommandLineRun.OfAsync("coverage", directory.File("data/demo/all-in-one.json"));
        Assert.Contains(coverage.Out.Split('\n'), line => line.StartsWith("A-018", StringComparison.Ordinal) && line.Contains("NOT_DIGITAL", StringComparison.Ordinal));
        Assert.Contains(coverage.Out.Split('\n'), line => line.StartsWith("A-020", StringComparison.Ordinal) && line.Contains("PROBE_ONLY", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("20s", 20)]
    [InlineData("5m", 300)]
    [InlineData("0.5h", 1800)]
    public void Durations_as_people_write_them(string text, int seconds)
    {
        Assert.True(DemoCommand.TryParseDuration(text, out TimeSpan duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("20")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("s")]
    [InlineData("soon")]
    public async Task Other_durations_are_bad_usage(string text)
    {
        CommandLineRun run = await CommandLineRun.OfAsync("demo", $"--for={text}");

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("20s", run.Error);
    }
}
