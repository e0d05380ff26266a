using System.Globalization;

namespace EdgeAgent.Collector.Publishing.Sparkplug;

/// <summary>The number that ties a death to its birth: 0 to 255, one more with each CONNECT, also over restarts of the agent.</summary>
internal sealed class BirthDeathSequence
{
    private readonly string? _path;
    private int _current;

    /// <param name="path">Where it is kept; null keeps it in memory only.</param>
    public BirthDeathSequence(string? path)
    {
        _path = path;
        _current = path is not null && File.Exists(path)
            && int.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out int last) && last <= 255 ? last : 255;
    }

    /// <summary>The number of the last CONNECT.</summary>
    public int Current => Volatile.Read(ref _current);

    /// <summary>The number of the CONNECT that is about to be sent; on disk before it is used.</summary>
    public int Next()
    {
        int next = (Current + 1) % 256;
        if (_path is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            string written = _path + ".new";
            File.WriteAllText(written, next.ToString(CultureInfo.InvariantCulture));
            File.Move(written, _path, overwrite: true);
        }

        Volatile.Write(ref _current, next);
        return next;
    }
}
