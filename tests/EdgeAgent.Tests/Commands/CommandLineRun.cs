using EdgeAgent.Commands;

namespace EdgeAgent.Tests.Commands;

/// <summary>One run of the command line inside the test, with what it printed.</summary>
internal sealed record CommandLineRun(int ExitCode, string Out, string Error)
{
    public static async Task<CommandLineRun> OfAsync(params string[] args)
    {
        StringWriter output = new();
        StringWriter error = new();
        using CommandContext context = new(output, error, TimeProvider.System, isInteractive: false);
        int code = await EdgeAgentCommandLine.RunAsync(args, context);
        return new CommandLineRun(code, output.ToString(), error.ToString());
    }
}
