using EdgeAgent.Commands;

namespace EdgeAgent.Tests.Commands;

public sealed class EdgeAgentCommandLineTests
{
    [Theory]
    [InlineData("no-such-verb")]
    [InlineData("bench")]
    [InlineData("bench", "no-such-scenario")]
    [InlineData("bench", "list", "--no-such-option")]
    public async Task Bad_usage_is_exit_code_2_and_says_why(params string[] args)
    {
        CommandLineRun run = await CommandLineRun.OfAsync(args);

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public async Task Help_names_every_verb_and_is_no_failure()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("--help");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("bench", run.Out);
    }
}
