using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Commands.Guess;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent read</c>: every tag once, over connections of its own, without storing anything; the first thing to do at a new machine.</summary>
internal static class ReadCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("file") { Description = "The agent's configuration file." };
        Option<string?> device = new("--device", "-d") { Description = "Only this device." };
        Option<string?> tag = new("--tag", "-t") { Description = "Only this tag." };
        Option<bool> json = new("--json") { Description = "Print a JSON array." };
        Option<bool> guess = new("--guess") { Description = "Show the registers of Modbus tags under all types and byte orders, the plausible ones marked." };
        Option<bool> frames = new("--frames") { Description = "Show also what was sent to each device and what came back, newest first." };
        Command command = new("read", "Read the tags once and print them; nothing is stored. Exit code 3 when one of them is not good.") { file, device, tag, json, frames, guess };
        command.SetAction((parsed, cancellation) => parsed.GetValue(guess)
            ? GuessAsync(context, parsed.GetRequiredValue(file), parsed.GetValue(device), parsed.GetValue(tag), cancellation)
            : RunAsync(context, parsed.GetRequiredValue(file), parsed.GetValue(device), parsed.GetValue(tag), parsed.GetValue(json), parsed.GetValue(frames), cancellation));
        return command;
    }

    private static async Task<int> GuessAsync(CommandContext context, string file, string? device, string? tag, CancellationToken cancellation)
    {
        AgentConfig agent = LoadAgent(file);
        (string text, bool allRead) = await GuessReport.MakeAsync(context, agent, device, tag, cancellation);
        context.Out.WriteLine(text);
        return allRead ? ExitCodes.Done : ExitCodes.DoesNotHold;
    }

    private static AgentConfig LoadAgent(string file) => ConfigReport.LoadOrFail(file, "$.agent.endpoints", "$.agent.scanClasses").Config!.Agent
        ?? throw CommandFailure.BadUsage($"{file} has no agent section, so there is nothing to read.");

    private static async Task<int> RunAsync(CommandContext context, string file, string? device, string? tag, bool json, bool frames, CancellationToken cancellation)
    {
        AgentConfig agent = LoadAgent(file);
        IReadOnlyList<TestReadResult> results;
        try
        {
            results = await TestReader.ReadAsync(
                agent, new AgentServices { Loggers = NullLoggerFactory.Instance, Time = context.Time }, device, tag, cancellation);
        }
        catch (AgentStartException problem)
        {
            throw CommandFailure.BadUsage(problem.Message);
        }

        context.Out.WriteLine(json ? AsJson(results, frames) : AsText(results) + (frames ? FramesReport.Of(results) : ""));
        return results.All(result => result.Quality.IsGood) ? ExitCodes.Done : ExitCodes.DoesNotHold;
    }

    private static string AsText(IReadOnlyList<TestReadResult> results)
    {
        int device = results.Max(result => result.Device.Length);
        int tag = results.Max(result => result.Tag.Length);
        int value = results.Max(result => result.Value?.Length ?? 0);
        List<string> lines =
        [
            .. results.Select(result =>
                $"{result.Device.PadRight(device)}  {result.Tag.PadRight(tag)}  {(result.Value ?? "").PadLeft(value)} {result.Unit,-6} {result.Quality}"
                + (result.Problem is { } problem ? $"  {problem}" : "")),
        ];
        int good = results.Count(result => result.Quality.IsGood);
        lines.Add($"{good} of {results.Count} good.");
        return string.Join(Environment.NewLine, lines.Select(line => line.TrimEnd()));
    }

    private static string AsJson(IReadOnlyList<TestReadResult> results, bool frames) => JsonSerializer.Serialize(
        [
            .. results.Select(result => new ReadResultJson(
                result.Device, result.Tag, result.Value, result.Unit, result.Quality.ToString(), UnixTicks.ToDateTimeOffset(result.SourceTicks), result.Problem,
                frames ? FramesReport.JsonOf(result.Frames) : null)),
        ],
        ReadJson.Default.ReadResultJsonArray);
}

/// <param name="Value">As text, so that no precision is lost; null without one.</param>
/// <param name="Frames">Of the device, newest first; only where they were asked for.</param>
internal sealed record ReadResultJson(string Device, string Tag, string? Value, string Unit, string Quality, DateTimeOffset SourceTime, string? Problem,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ReadFrameJson>? Frames = null);

/// <param name="Hex">The bytes, or the start of many.</param>
internal sealed record ReadFrameJson(DateTimeOffset Time, bool Sent, int Bytes, string Hex, string? Text, string? Meaning);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ReadResultJson[]))]
internal sealed partial class ReadJson : JsonSerializerContext;
