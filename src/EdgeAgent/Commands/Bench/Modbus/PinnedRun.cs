using System.Text.Json;

namespace EdgeAgent.Commands.Bench.Modbus;

/// <summary>Runs a scenario in a second process of this program that may use one core only, with all that it starts.</summary>
/// <remarks>A process of its own, because the runtime looks only once at how many cores it has: on one core it does not spin
/// while it waits for work. And one core, because a wake-up across cores costs more than the code that is measured.</remarks>
internal static class PinnedRun
{
    private const string Mark = "EDGEAGENT_BENCH_PINNED";

    /// <summary>This process is the second one.</summary>
    public static bool IsPinned => Environment.GetEnvironmentVariable(Mark) == "1";

    public static async Task<BenchResult> RunAsync(string scenario, BenchContext context)
    {
        string program = Environment.ProcessPath ?? throw CommandFailure.Failed("This process does not know its own program file.");
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, Path.Combine(AppContext.BaseDirectory, "edgeagent.dll")]
            : [program];
        await using ChildProcess child = ChildProcess.Start(
            "taskset", ["-c", "0", .. self, "bench", scenario, "--json"], new Dictionary<string, string> { [Mark] = "1" });
        await child.WaitForExitAsync(TimeSpan.FromMinutes(3), context);
        string output = child.Output();
        int start = output.IndexOf('{');
        int end = output.LastIndexOf('}');
        return start >= 0 && end > start && JsonSerializer.Deserialize(output[start..(end + 1)], BenchJson.Default.BenchReportJson) is { } report
            ? new BenchResult([.. report.Measurements.Select(Measurement)], report.Notes)
            : throw CommandFailure.Failed($"The pinned run of '{scenario}' gave no result:\n{output}");
    }

    private static BenchMeasurement Measurement(BenchMeasurementJson json) =>
        new(json.Name, json.Value ?? double.NaN, json.Unit, json.Target, json.Direction ?? BenchDirection.AtMost);
}
