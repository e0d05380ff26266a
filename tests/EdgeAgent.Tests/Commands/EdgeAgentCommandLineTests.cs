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
    public void A_verb_that_is_asked_for_is_made_alone_under_its_own_name()
    {
        using CommandContext context = new(TextWriter.Null, TextWriter.Null, TimeProvider.System, isInteractive: false);
        foreach (string verb in EdgeAgentCommandLine.Create(context).Subcommands.Select(command => command.Name))
        {
            Assert.Equal(verb, Assert.Single(EdgeAgentCommandLine.CreateFor([verb, "--help"], context).Subcommands).Name);
        }
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("runs")]
    public void Every_verb_is_there_for_help_and_for_advice(params string[] args)
    {
        using CommandContext context = new(TextWriter.Null, TextWriter.Null, TimeProvider.System, isInteractive: false);

        Assert.Equal(EdgeAgentCommandLine.Create(context).Subcommands.Count, EdgeAgentCommandLine.CreateFor(args, context).Subcommands.Count);
    }

    [Fact]
    public async Task Help_names_every_verb_and_is_no_failure()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("--help");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("bench", run.Out);
    }
}
