using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Architecture;

/// <summary>What the tree of files must look like, so that a reader finds things and no file grows out of hand.</summary>
public sealed class SourceTreeTests
{
    private const int LinesMax = 500;

    private static readonly string[] TopLevel =
    [
        "src", "tests", "configs", "deploy", "EdgeAgent.sln", "README.md", "README.zh-CN.md", "Dockerfile", "LICENSE",
        "Directory.Build.props", "Directory.Packages.props", "global.json",
    ];

    private static readonly string[] NamesThatSayNothing = ["Util", "Utils", "Helper", "Helpers", "Common", "Manager", "Managers", "Misc"];

    [Fact]
    public void No_source_file_is_longer_than_a_person_can_read()
    {
        string[] tooLong = [.. Sources("src").Where(file => File.ReadLines(file).Count() > LinesMax)];
        Assert.Empty(tooLong);
    }

    [Fact]
    public void The_top_level_holds_only_what_belongs_there()
    {
        string root = RepositoryRoot.Path;
        string[] ignored = [.. File.ReadAllLines(Path.Combine(root, ".gitignore")).Select(line => line.Trim('/'))];
        string[] strangers = [.. Directory.EnumerateFileSystemEntries(root)
            .Select(entry => Path.GetFileName(entry))
            .Where(name => !name.StartsWith('.') && !TopLevel.Contains(name) && !ignored.Contains(name))];
        Assert.Empty(strangers);
    }

    [Fact]
    public void Files_and_folders_are_named_after_what_they_hold()
    {
        string[] wrong = [.. Sources("src").Concat(Sources("tests"))
            .Where(file => Path.GetRelativePath(RepositoryRoot.Path, file).Split('/', '.').Any(NamesThatSayNothing.Contains))];
        Assert.Empty(wrong);
    }

    [Fact]
    public void Tests_mirror_the_projects()
    {
        string root = RepositoryRoot.Path;
        Assert.All(
            Directory.EnumerateDirectories(Path.Combine(root, "src")).Where(d => Directory.EnumerateFiles(d, "*.csproj").Any()),
            project => Assert.True(Directory.Exists(Path.Combine(root, "tests", Path.GetFileName(project) + ".Tests")), project));
    }

    private static IEnumerable<string> Sources(string folder) => Directory
        .EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));
}
