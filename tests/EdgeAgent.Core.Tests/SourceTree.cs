namespace EdgeAgent.Core.Tests;

/// <summary>Finds files of the repository from where the tests were built.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "EdgeAgent.sln"))
            ? directory
            : Find(Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("EdgeAgent.sln is in no directory above the tests."));
}
