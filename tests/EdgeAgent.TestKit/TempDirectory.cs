namespace EdgeAgent.TestKit;

/// <summary>A directory of one test, gone when the test is.</summary>
public sealed class TempDirectory : IDisposable
{
    public TempDirectory() => Path = Directory.CreateTempSubdirectory("edgeagent-test-").FullName;

    public string Path { get; }

    /// <summary>The path of a file or folder in the directory; nothing is created.</summary>
    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
        }
    }
}
