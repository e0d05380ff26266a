using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;

namespace EdgeAgent.Commands.Demo;

/// <summary><c>edgeagent demo</c>: a simulated plant, agent, broker, store and hub in one process; everything it shows says SIMULATED.</summary>
internal static class DemoCommand
{
    public static Command Create(CommandContext context)
    {
        Option<string?> duration = new("--for") { Description = "End by itself after this time, for instance 20s or 5m; drains, counts, and exits with 3 if the counts do not balance." };
        duration.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !TryParseDuration(text, out _))
            {
                result.AddError($"'{text}' is no duration; write for instance 20s, 5m or 1h.");
            }
        });
        Option<bool> json = new("--json") { Description = "Print one JSON object at the end and nothing else on the output." };
        Option<string> data = new("--data") { Description = "Where to keep the data; a second start goes on there.", DefaultValueFactory = _ => "./data" };
        Command command = new("demo", "Show everything with a simulated plant: devices, agent, broker, store and hub in one process.") { duration, json, data };
        command.SetAction((parsed, cancellation) =>
        {
            TimeSpan? limit = parsed.GetValue(duration) is { } text && TryParseDuration(text, out TimeSpan value) ? value : null;
            return RunAsync(context, new DemoOptions(limit, parsed.GetValue(json), parsed.GetRequiredValue(data)), cancellation);
        });
        return command;
    }

    internal static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = default;
        double seconds = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        if (seconds == 0 || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(Math.Min(number * seconds, TimeSpan.FromDays(365).TotalSeconds));
        return duration > TimeSpan.Zero;
    }

    private static async Task<int> RunAsync(CommandContext context, DemoOptions options, CancellationToken cancellation)
    {
        try
        {
            return await new DemoRun(context, options).RunAsync(cancellation);
        }
        catch (Exception problem) when (problem is SocketException or IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"The demo cannot run: {problem.Message} Is another demo using {options.DataDirectory}?", problem);
        }
    }
}

/// <param name="Duration">Ends by itself after this; null runs until Ctrl-C.</param>
internal sealed record DemoOptions(TimeSpan? Duration, bool Json, string DataDirectory);
