using System.Runtime.InteropServices;

namespace EdgeAgent.Collector.Buffer;

/// <summary>Makes names created in a directory survive a power cut, which .NET itself cannot.</summary>
internal static partial class DirectorySync
{
    private const int ReadOnly = 0; // O_RDONLY; O_DIRECTORY differs between processors and is not needed

    public static void Sync(string directory)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        int descriptor = Open(directory, ReadOnly);
        if (descriptor < 0)
        {
            return;
        }

        // Some network and FUSE file systems refuse to sync a directory; the database is no worse for it than without us.
        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
