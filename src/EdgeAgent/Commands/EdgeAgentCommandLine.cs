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

    /// <summary>In the order in which help lists them.</summary>
    private static readonly (string Name, Func<CommandContext, Command> Create)[] Verbs =
    [
        ("demo", DemoCommand.Create),
        ("check", CheckCommand.Create),
        ("read", ReadCommand.Create),
        ("accept", AcceptCommand.Create),
        ("scan", ScanCommand.Create),
        ("browse", BrowseCommand.Create),
        ("run", RunCommand.Create),
        ("agents", AgentsCommand.Create),
        ("trust", TrustCommand.Create),
        ("migrate", MigrateCommand.Create),
        ("schema", SchemaCommand.Create),
        ("simulate", SimulateCommand.Create),
        ("coverage", CoverageCommand.Create),
        ("ledger", LedgerCommand.Create),
        ("rules", RulesCommand.Create),
        ("score", ScoreCommand.Create),
        ("portfolio", PortfolioCommand.Create),
        ("baseline", BaselineCommand.Create),
        ("evidence", EvidenceCommand.Create),
        ("challenge", ChallengeCommand.Create),
        ("token", TokenCommand.Create),
        ("account", AccountCommand.Create),
        ("report", ReportCommand.Create),
        ("health", HealthCommand.Create),
        ("backup", BackupCommand.Create),
        ("restore", RestoreCommand.Create),
        ("buffer", BufferCommand.Create),
        ("bench", BenchCommand.Create),
    ];

    public static RootCommand Create(CommandContext context) => Create(context, Verbs);

    /// <summary>With the one verb that was asked for, when the first word is one: an agent that runs for years need not keep the others' options in memory.</summary>
    public static RootCommand CreateFor(string[] args, CommandContext context)
    {
        (string Name, Func<CommandContext, Command> Create)[] asked = Array.FindAll(Verbs, verb => args.Length > 0 && verb.Name == args[0]);
        return Create(context, asked.Length > 0 ? asked : Verbs);
    }

    public static async Task<int> RunAsync(string[] args, CommandContext context)
    {
        ParseResult parsed = CreateFor(args, context).Parse(args);
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

    private static RootCommand Create(CommandContext context, (string Name, Func<CommandContext, Command> Create)[] verbs)
    {
        RootCommand root = new(Description);
        foreach ((_, Func<CommandContext, Command> create) in verbs)
        {
            root.Add(create(context));
        }

        return root;
    }
}
