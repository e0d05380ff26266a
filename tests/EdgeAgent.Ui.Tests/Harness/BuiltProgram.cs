using EdgeAgent.TestKit;

namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>The built <c>edgeagent</c> with its pages, in the configuration that these tests were built in.</summary>
internal static class BuiltProgram
{
    public static string Path { get; } = RepositoryRoot.Combine(
        "src", "EdgeAgent", "bin", AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "edgeagent");

    public static PartnerProcess Start(string directory, params string[] arguments) => PartnerProcess.Start(Path, arguments, directory);
}
