using EdgeAgent.TestKit;

namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>Where pictures of pages are kept after a run.</summary>
internal static class Artifacts
{
    public static string Screenshot(params string[] parts)
    {
        string path = Path.Combine([RepositoryRoot.Path, "artifacts", "screenshots", .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
