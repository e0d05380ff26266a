using System.CommandLine;
using System.Text.Json;
using EdgeAgent.Collector.Buffer;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent buffer stat|dump</c>: looks into an agent's buffer, also while the agent runs.</summary>
internal static class BufferCommand
{
    public static Command Create(CommandContext context)
    {
        Command command = new("buffer", "Look into an agent's buffer, also while the agent runs.");
        command.Add(CreateStat(context));
        command.Add(CreateDump(context));
        return command;
    }

    private static Command CreateStat(CommandContext context)
    {
        Argument<string> directory = DirectoryArgument();
        Option<bool> json = new("--json") { Description = "Print one JSON object." };
        Command command = new("stat", "What it holds, what became of the rest, and where each publisher stands.") { directory, json };
        command.SetAction(parsed => WithBuffer(parsed.GetRequiredValue(directory), buffer =>
        {
            BufferSummary summary = buffer.ReadSummary();
            context.Out.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(BufferStatJson.From(summary), BufferJson.Default.BufferStatJson)
                : BufferReport.AsText(summary, context.Time));
        }));
        return command;
    }

    private static Command CreateDump(CommandContext context)
    {
        Argument<string> directory = DirectoryArgument();
        Option<long> from = new("--from") { Description = "First sequence." };
        Option<long> to = new("--to") { Description = "Last sequence.", DefaultValueFactory = _ => long.MaxValue };
        Option<bool> readings = new("--readings") { Description = "Print every reading instead of a line a batch." };
        Command command = new("dump", "Print the batches that it holds, one JSON object a line.") { directory, from, to, readings };
        command.SetAction(parsed => WithBuffer(parsed.GetRequiredValue(directory), buffer =>
        {
            var dump = new BufferDump(context.Out, parsed.GetValue(readings));
            foreach (InspectedBatch batch in buffer.ReadBatches(parsed.GetValue(from), parsed.GetValue(to)))
            {
                context.Stopping.ThrowIfCancellationRequested();
                dump.Write(batch);
            }
        }));
        return command;
    }

    private static Argument<string> DirectoryArgument() =>
        new("dir") { Description = "The agent's data directory, or the buffer's directory in it." };

    private static int WithBuffer(string directory, Action<BufferInspection> use)
    {
        try
        {
            using BufferInspection buffer = BufferInspection.Open(directory);
            use(buffer);
            return ExitCodes.Done;
        }
        catch (FileNotFoundException missing)
        {
            throw CommandFailure.BadUsage(missing.Message);
        }
        catch (IOException unreadable)
        {
            throw CommandFailure.Failed(unreadable.Message, unreadable);
        }
    }
}
