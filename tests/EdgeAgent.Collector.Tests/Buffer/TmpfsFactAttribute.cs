using System.Diagnostics;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Buffer;

/// <summary>A test on a tiny file system of its own; skipped where none may be mounted.</summary>
public sealed class TmpfsFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> MayMount = new(() =>
    {
        using var directory = new TempDirectory();
        bool mounted = Tmpfs.Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory.Path);
        return mounted && Tmpfs.Run("umount", directory.Path);
    });

    public TmpfsFactAttribute() => Skip = OperatingSystem.IsLinux() && MayMount.Value ? null : "missing partner: root, to mount a tmpfs";
}

/// <summary>A mounted file system of a few megabytes.</summary>
internal sealed class Tmpfs : IDisposable
{
    private readonly TempDirectory _directory = new();

    public Tmpfs(int sizeBytes) => Assert.True(Run("mount", "-t", "tmpfs", "-o", $"size={sizeBytes}", "tmpfs", _directory.Path));

    public string Path => _directory.Path;

    /// <summary>Takes all space that is left but so many bytes.</summary>
    public void FillUp(long leaveBytes)
    {
        var drive = new DriveInfo(Path);
        long take = drive.AvailableFreeSpace - leaveBytes;
        if (take > 0)
        {
            using FileStream file = File.OpenWrite(System.IO.Path.Combine(Path, "someone-else"));
            file.Seek(0, SeekOrigin.End);
            byte[] chunk = new byte[4096];
            for (; take >= chunk.Length; take -= chunk.Length)
            {
                file.Write(chunk);
            }
        }
    }

    public void Free() => File.Delete(System.IO.Path.Combine(Path, "someone-else"));

    public void Dispose()
    {
        Run("umount", "-l", Path);
        _directory.Dispose();
    }

    public static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
