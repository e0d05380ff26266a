using EdgeAgent.Hosting;

namespace EdgeAgent.Tests.Hosting;

public sealed class FileFingerprintTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_file_that_is_only_touched_has_not_changed()
    {
        string file = Write("a.json", "1");
        FileFingerprint first = FileFingerprint.Of([file]);
        File.SetLastWriteTimeUtc(file, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        FileFingerprint second = first.Refresh(out bool changed);

        Assert.False(changed);
        Assert.NotSame(first, second);
        Assert.Same(second, second.Refresh(out _));
    }

    [Fact]
    public void New_content_a_missing_file_and_a_file_that_comes_back_are_changes()
    {
        string file = Write("a.json", "1");
        string table = Write("a.csv", "x");
        FileFingerprint print = FileFingerprint.Of([file, table]);

        Write("a.csv", "xy");
        print = print.Refresh(out bool edited);
        File.Delete(file);
        print = print.Refresh(out bool deleted);
        Write("a.json", "1");
        print.Refresh(out bool restored);

        Assert.True(edited && deleted && restored);
    }

    [Fact]
    public void A_link_that_is_swapped_is_a_change()
    {
        Write("one", "1");
        Write("two", "2");
        string link = Path.Combine(_directory, "link");
        File.CreateSymbolicLink(link, Path.Combine(_directory, "one"));
        FileFingerprint print = FileFingerprint.Of([link]);

        File.Delete(link);
        File.CreateSymbolicLink(link, Path.Combine(_directory, "two"));
        print.Refresh(out bool changed);

        Assert.True(changed);
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllText(path, content);
        return path;
    }
}
