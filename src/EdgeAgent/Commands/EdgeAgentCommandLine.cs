using System.CommandLine;
using System.CommandLine.Invocation;
using EdgeAgent.Commands.Bench;
using EdgeAgent.Commands.Demo;
using EdgeAgent.Commands.Ledger;

namespace EdgeAgent.Commands;

/// <summary>The command line: the list of verbs, and what becomes of their outcome.</summary>
internal static class EdgeAgentCommandLine
{
    private const string Description = """
        EdgeAgent collects data from industrial equipment, keeps it on disk until the time-series store has it,
        and shows what share of the equipment is really connected.

        First steps:
          edgeagent demo                     a simulated plant, nothing else needed
          edgeagent check agent.json         every error of a configuration at once, no device is touched
          edgeagent scan /dev/ttyUSB0        find devices on a serial line, or in a range of addresses
          edgeagent read agent.json          read each tag once, without storing anything
          edgeagent accept agent.json NAME   test one device and sign what was seen
          edgeagent run --config agent.json  collect

        Exit codes: 0 done, 1 failed, 2 bad usage or configuration, 3 the thing checked does not hold.
        """;

    public static RootCommand Create(CommandContext context)
    {
        RootCommand root = new(Description);
        root.Add(DemoCommand.Create(context));
        root.Add(CheckCommand.Create(context));
        root.Add(ReadCommand.Create(context));
        root.Add(AcceptCommand.Create(context));
        root.Add(ScanCommand.Create(context));
        root.Add(BrowseCommand.Create(context));
        root.Add(RunCommand.Create(context));
        root.Add(AgentsCommand.Create(context));
        root.Add(TrustCommand.Create(context));
        root.Add(MigrateCommand.Create(context));
        root.Add(SchemaCommand.Create(context));
        root.Add(SimulateCommand.Create(context));
        root.Add(CoverageCommand.Create(context));
        root.Add(LedgerCommand.Create(context));
        root.Add(RulesCommand.Create(context));
        root.Add(ScoreCommand.Create(context));
        root.Add(PortfolioCommand.Create(context));
        root.Add(BaselineCommand.Create(context));
        root.Add(EvidenceCommand.Create(context));
        root.Add(ChallengeCommand.Create(context));
        root.Add(TokenCommand.Create(context));
        root.Add(AccountCommand.Create(context));
        root.Add(ReportCommand.Create(context));
        root.Add(HealthCommand.Create(context));
        root.Add(BackupCommand.Create(context));
        root.Add(RestoreCommand.Create(context));
        root.Add(BufferCommand.Create(context));
        root.Add(BenchCommand.Create(context));
        return root;
    }

    public static async Task<int> RunAsync(string[] args, CommandContext context)
    {
        ParseResult parsed = Create(context).Parse(args);
        InvocationConfiguration invocation = new()
        {
            Output = context.Out,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // StopSignals does that.
        };
        try
        {
            int code = await parsed.InvokeAsync(invocation, context.Stopping);
            return parsed.Action is ParseErrorAction ? ExitCodes.BadUsage : code;
        }
        catch (CommandFailure failure)
        {
            await context.Error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }
        catch (OperationCanceledException) when (context.Stopping.IsCancellationRequested)
        {
            await context.Error.WriteLineAsync("Stopped before it was done.");
            return ExitCodes.Failed;
        }
        catch (Exception unexpected)
        {
            await context.Error.WriteLineAsync($"Unexpected failure; please report it with these lines.{Environment.NewLine}{unexpected}");
            return ExitCodes.Failed;
        }
    }
}
