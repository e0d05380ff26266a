using EdgeAgent.Backup;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Backup;

/// <summary>The file itself: what is in it, what it is checked for, and when it is not put in place.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class BackupFileTests : IDisposable
{
    private const string Passphrase = "correct horse battery";

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly string _config;

    public BackupFileTests()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Path, "old", "data", "hub"));
        _config = Path.Combine(_directory.Path, "old", "hub.json");
        File.WriteAllText(_config, """{ "site": "s", "broker": { "listen": "127.0.0.1:0" }, "hub": { "dataDirectory": "data/hub", "store": { "path": "data/hub/store" }, "ledger": "ledger.csv" } }""");
        File.WriteAllText(Path.Combine(_directory.Path, "old", "ledger.csv"), "资产编号,设备名称,设备类别,状态,投用日期\n");
        WriteData("hub.key", "SECRET KEY");
        WriteData("events.jsonl", "{\"a\":1}\n{\"half");
        WriteData("store.db-wal", "belongs to a running process");
        File.SetUnixFileMode(Data("hub.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Passphrase)]
    public void What_was_saved_comes_back_with_its_permissions_and_without_half_a_line(string? passphrase)
    {
        string backup = Write(passphrase);
        Assert.Equal(passphrase is null, File.ReadAllBytes(backup).AsSpan()[..2].SequenceEqual((ReadOnlySpan<byte>)[0x1f, 0x8b]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));

        BackupRestore.Outcome outcome = Restore(backup, passphrase);

        Assert.Equal(Path.Combine(New, "hub.json"), outcome.ConfigFile);
        string data = Path.Combine(New, "data", "hub");
        Assert.Equal("SECRET KEY", File.ReadAllText(Path.Combine(data, "hub.key")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(data, "hub.key")));
        Assert.Equal("{\"a\":1}\n", File.ReadAllText(Path.Combine(data, "events.jsonl")));
        Assert.True(File.Exists(Path.Combine(New, "ledger.csv")));
        Assert.False(File.Exists(Path.Combine(data, "store.db-wal")));
        Assert.False(Directory.Exists(Path.Combine(New, ".restoring")));
    }

    [Fact]
    public void A_wrong_passphrase_a_changed_byte_and_a_cut_off_file_are_told_and_leave_nothing_behind()
    {
        WriteData("filler", new string('x', 300_000) + string.Concat(Enumerable.Range(0, 40_000).Select(i => i * 7919)));
        string backup = Write(Passphrase);
        Assert.Contains("passphrase", Assert.Throws<BackupException>(() => Restore(backup, "another passphrase")).Message, StringComparison.Ordinal);
        Assert.Contains("encrypted", Assert.Throws<BackupException>(() => Restore(backup, null)).Message, StringComparison.Ordinal);

        byte[] whole = File.ReadAllBytes(backup);
        Assert.True(whole.Length > SealedFormat.ChunkBytes + 1000, $"{whole.Length}");
        byte[] changed = [.. whole];
        changed[^100] ^= 1;
        foreach (byte[] bad in (byte[][])[changed, whole[..(SealedFormat.HeaderBytes + SealedFormat.ChunkBytes + SealedFormat.TagBytes)], whole[..^1], whole[..10]])
        {
            File.WriteAllBytes(backup, bad);
            Assert.Throws<BackupException>(() => Restore(backup, Passphrase));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(New));
    }

    [Fact]
    public void It_is_not_put_over_anything_that_is_there()
    {
        string backup = Write(null);
        string there = Path.Combine(New, "data", "hub", "other");
        Directory.CreateDirectory(Path.GetDirectoryName(there)!);
        File.WriteAllText(there, "kept");
        Assert.Contains("not empty", Assert.Throws<BackupException>(() => Restore(backup, null)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(New, "hub.json")));
        Assert.Equal("kept", File.ReadAllText(there));
    }

    [Fact]
    public void A_clock_before_the_backup_is_refused_because_the_numbers_to_skip_are_reckoned_from_it()
    {
        _time.Advance(TimeSpan.FromDays(1));
        string backup = Write(null);
        Assert.Contains("Set the clock", Assert.Throws<BackupException>(() => new BackupRestore(new FakeTimeProvider()).Restore(backup, null, New)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private string New => Path.Combine(_directory.Path, "new");

    private string Write(string? passphrase)
    {
        string backup = _directory.File("backup");
        LoadedConfig loaded = ConfigLoading.Load(_config);
        Assert.False(loaded.Errors.Any, string.Join('\n', loaded.Errors));
        new BackupWriter(_time).Write(loaded, _config, backup, passphrase);
        return backup;
    }

    private BackupRestore.Outcome Restore(string backup, string? passphrase) => new BackupRestore(_time).Restore(backup, passphrase, New);

    private string Data(string name) => Path.Combine(_directory.Path, "old", "data", "hub", name);

    private void WriteData(string name, string text) => File.WriteAllText(Data(name), text);
}
