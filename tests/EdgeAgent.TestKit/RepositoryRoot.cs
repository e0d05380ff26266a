namespace EdgeAgent.TestKit;

/// <summary>Finds files of the source tree from a test's output folder.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder that holds EdgeAgent.sln.</summary>
    public static string Path { get; } = Find();

    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "EdgeAgent.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("EdgeAgent.sln was not found above " + AppContext.BaseDirectory);
    }
}
