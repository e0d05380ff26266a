using System.Globalization;
using System.Text;

namespace EdgeAgent.Store.Influx;

/// <summary>Keeps lines that InfluxDB refuses, with its reason, in one file a day; bounded. The batches themselves are in the store's evidence.</summary>
internal sealed class RefusedLines(string directory, TimeProvider time)
{
    /// <summary>Bytes of one day's file, beyond which lines are only counted.</summary>
    private const long FileBytesMax = 16 << 20;

    /// <summary>Files kept.</summary>
    private const int FilesMax = 10;

    private readonly Lock _gate = new();
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Keep(ReadOnlySpan<byte> lines, int count, string reason)
    {
        Interlocked.Add(ref _count, count);
        lock (_gate)
        {
            try
            {
                Directory.CreateDirectory(directory);
                string path = Path.Combine(directory, time.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture) + ".lp");
                using var file = new FileStream(path, FileMode.Append);
                if (file.Length + lines.Length <= FileBytesMax)
                {
                    file.Write(Encoding.UTF8.GetBytes($"# {reason.ReplaceLineEndings(" ")}\n"));
                    file.Write(lines);
                }

                foreach (string old in Directory.GetFiles(directory, "*.lp").OrderDescending().Skip(FilesMax))
                {
                    File.Delete(old);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // They are counted, and their batches are kept whole in the store: only this copy is missing.
            }
        }
    }
}
