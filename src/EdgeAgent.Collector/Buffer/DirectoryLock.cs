namespace EdgeAgent.Collector.Buffer;

/// <summary>Keeps a second agent out of a buffer's directory for as long as this process lives.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <exception cref="BufferInUseException">Another process, or this one, has the directory already.</exception>
    public static DirectoryLock Take(string directory)
    {
        string path = Path.Combine(directory, "buffer.lock");
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DirectoryLock(file);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new BufferInUseException(directory, e);
        }
    }

    public void Dispose() => _file.Dispose();
}
