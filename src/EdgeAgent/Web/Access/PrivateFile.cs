using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Web.Access;

/// <summary>A short list in a file that only the program's user may read: replaced as a whole, so that a power cut leaves the old one or the new one.</summary>
/// <remarks>Safe for concurrent use, also by several processes: the command line changes it beside the running program, which sees the
/// change at its next question.</remarks>
/// <param name="damaged">What it means for people that the file cannot be read.</param>
internal sealed class PrivateFile<T>(string path, JsonTypeInfo<List<T>> type, string damaged)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private IReadOnlyList<T> _known = [];
    private (DateTime Written, long Length)? _knownStamp;

    /// <exception cref="IOException">The file cannot be read or is damaged.</exception>
    public IReadOnlyList<T> Read()
    {
        lock (_gate)
        {
            return ReadLatest();
        }
    }

    /// <summary>Changes the list while nobody else can.</summary>
    /// <param name="change">Gives the new list and a result; a null list changes nothing.</param>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public TResult Update<TResult>(Func<IReadOnlyList<T>, (List<T>? Changed, TResult Result)> change)
    {
        lock (_gate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using FileStream only = TakeLock();
            (List<T>? changed, TResult result) = change(ReadLatest());
            if (changed is not null)
            {
                Write(changed);
            }

            return result;
        }
    }

    /// <summary>Changes the list while nobody else can.</summary>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public void Update(Func<IReadOnlyList<T>, List<T>> change) => Update<bool>(items => (change(items), true));

    /// <summary>Puts another list in its place, whatever is there: for what no other process changes.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Replace(List<T> items)
    {
        lock (_gate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            Write(items);
        }
    }

    private IReadOnlyList<T> ReadLatest()
    {
        FileInfo info = new(path);
        if (!info.Exists)
        {
            (_known, _knownStamp) = ([], null);
            return _known;
        }

        if (_knownStamp != StampOf(info))
        {
            try
            {
                _known = JsonSerializer.Deserialize(File.ReadAllBytes(path), type) ?? [];
                _knownStamp = StampOf(info);
            }
            catch (JsonException e)
            {
                throw new IOException($"{path} is damaged: {e.Message}. {damaged}", e);
            }
            catch (UnauthorizedAccessException e)
            {
                throw new IOException($"{path} belongs to another user than the program's, for instance because a verb was run as root. Give it back with chown. {damaged}", e);
            }
        }

        return _known;
    }

    private static (DateTime Written, long Length) StampOf(FileInfo info) => (info.LastWriteTimeUtc, info.Length);

    private void Write(List<T> items)
    {
        string draft = path + ".new";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream stream = new(draft, options))
        {
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(items, type));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        (_known, _knownStamp) = (items, StampOf(new FileInfo(path)));
    }

    private FileStream TakeLock()
    {
        string file = path + ".lock";
        long since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file) && TimeProvider.System.GetElapsedTime(since) < Patience)
            {
                Task.Delay(Pause, TimeProvider.System).Wait();
            }
        }
    }
}
