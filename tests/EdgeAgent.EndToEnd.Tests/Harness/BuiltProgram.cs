using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests.Harness;

/// <summary>The built <c>edgeagent</c>, started as a person would start it.</summary>
internal static class BuiltProgram
{
    /// <summary>The program built beside these tests, in the same configuration.</summary>
    public static string Path { get; } = Locate();

    public static PartnerProcess Start(params string[] arguments) => PartnerProcess.Start(Path, arguments, environment: Plant.Environment);

    /// <summary>Runs it to its end.</summary>
    /// <returns>Exit code and everything printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(TimeSpan limit, params string[] arguments)
    {
        await using PartnerProcess process = Start(arguments);
        await process.WaitForExitAsync(limit);
        return (process.ExitCode, process.Output);
    }

    private static string Locate()
    {
        string configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        return RepositoryRoot.Combine("src", "EdgeAgent", "bin", configuration, "net10.0", "edgeagent");
    }
}
