using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Store.Ingest;

/// <summary>Keeps refused batches as they came, each beside a text that says why; the oldest make room.</summary>
internal sealed partial class RefusedFolder
{
    private readonly IngestOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Queue<(string Path, long Bytes)> _kept = [];
    private long _bytes;
    private long _number;

    public RefusedFolder(IngestOptions options, TimeProvider time, ILogger log)
    {
        _options = options;
        _time = time;
        _log = log;
        Directory.CreateDirectory(options.RefusedDirectory);
        foreach (FileInfo file in new DirectoryInfo(options.RefusedDirectory).GetFiles("*.batch").OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            Remember(file.FullName, file.Length);
        }
    }

    public void Keep(AgentKey agent, RefusalReason reason, string detail, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > _options.RefusedBytesMax)
        {
            return;
        }

        DateTimeOffset now = _time.GetUtcNow();
        string name = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd'T'HHmmss.fff}-{_number++ % 1_000_000:000000}-{reason}");
        string path = Path.Combine(_options.RefusedDirectory, name + ".batch");
        try
        {
            File.WriteAllBytes(path, payload);
            File.WriteAllText(Path.ChangeExtension(path, ".txt"),
                string.Create(CultureInfo.InvariantCulture, $"received: {now:O}\nsite: {agent.Site}\nagent: {agent.Agent}\nreason: {reason}\ndetail: {detail}\nbytes: {payload.Length}\n"),
                Encoding.UTF8);
            Remember(path, payload.Length);
            MakeRoom();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The refusal is counted and logged all the same; only the copy is missing.
            LogNotKept(_log, path, e.Message);
        }
    }

    private void Remember(string path, long bytes)
    {
        _kept.Enqueue((path, bytes));
        _bytes += bytes;
    }

    private void MakeRoom()
    {
        while (_kept.Count > _options.RefusedFilesMax || _bytes > _options.RefusedBytesMax)
        {
            (string path, long bytes) = _kept.Dequeue();
            _bytes -= bytes;
            File.Delete(path);
            File.Delete(Path.ChangeExtension(path, ".txt"));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A refused batch could not be kept as {Path}: {Problem}")]
    private static partial void LogNotKept(ILogger log, string path, string problem);
}
