using System.CommandLine;

namespace EdgeAgent.Commands.Bench;

/// <summary><c>edgeagent bench</c>: measures the program on this machine and holds it against its targets.</summary>
internal static class BenchCommand
{
    public static Command Create(CommandContext context) => Create(context, BenchScenarios.All);

    public static Command Create(CommandContext context, IReadOnlyList<IBenchScenario> scenarios)
    {
        Argument<string> name = new("scenario") { Description = "Its name, or `list` for all names.", HelpName = "scenario" };
        name.CompletionSources.Add(_ => scenarios.Select(scenario => new System.CommandLine.Completions.CompletionItem(scenario.Name)));
        Option<bool> json = new("--json") { Description = "Print the result as one JSON object." };
        Command command = new("bench", "Measure the program on this machine; exit code 3 when a target is missed.") { name, json };
        command.SetAction((parsed, cancellation) =>
        {
            string chosen = parsed.GetRequiredValue(name);
            return chosen == "list"
                ? Task.FromResult(List(context, scenarios, parsed.GetValue(json)))
                : RunAsync(context, Find(scenarios, chosen), parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static int List(CommandContext context, IReadOnlyList<IBenchScenario> scenarios, bool json)
    {
        if (json)
        {
            context.Out.WriteLine(BenchReport.ListAsJson(scenarios));
            return ExitCodes.Done;
        }

        int width = scenarios.Count == 0 ? 0 : scenarios.Max(scenario => scenario.Name.Length);
        foreach (IBenchScenario scenario in scenarios)
        {
            context.Out.WriteLine($"{scenario.Name.PadRight(width)}  {scenario.Description}");
        }

        return ExitCodes.Done;
    }

    private static IBenchScenario Find(IReadOnlyList<IBenchScenario> scenarios, string name) =>
        scenarios.FirstOrDefault(scenario => scenario.Name == name)
        ?? throw CommandFailure.BadUsage($"There is no scenario '{name}'. Known: {string.Join(", ", scenarios.Select(s => s.Name))}.");

    private static async Task<int> RunAsync(CommandContext context, IBenchScenario scenario, bool json, CancellationToken cancellation)
    {
        BenchResult result;
        using (BenchContext bench = new(context, cancellation))
        {
            result = await scenario.RunAsync(bench);
        }

        Machine machine = Machine.Describe();
        context.Out.WriteLine(json ? BenchReport.AsJson(scenario, result, machine) : BenchReport.AsText(scenario, result, machine));
        return result.Holds ? ExitCodes.Done : ExitCodes.DoesNotHold;
    }
}
