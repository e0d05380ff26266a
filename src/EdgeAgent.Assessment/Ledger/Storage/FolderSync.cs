using System.Runtime.InteropServices;

namespace EdgeAgent.Assessment.Ledger.Storage;

/// <summary>Makes a new file's name durable: without it, a power cut may leave the file's content without its name.</summary>
internal static partial class FolderSync
{
    private const int ReadOnly = 0; // O_RDONLY; O_DIRECTORY differs between processors and is not needed

    /// <summary>Does nothing on Windows, where NTFS keeps names in its journal.</summary>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        int handle = OpenFolder(folder, ReadOnly);
        if (handle < 0)
        {
            return;
        }

        _ = Sync(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
