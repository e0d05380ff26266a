using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Collector.Buffer;

/// <summary>Under durability normal: brings the write-ahead log to the disk in the background, so that a power cut costs seconds at most.</summary>
/// <remarks>Only the log may be opened beside SQLite: closing a second descriptor of the database itself would drop SQLite's locks.</remarks>
internal sealed class WalSync : IDisposable
{
    private readonly SafeFileHandle? _log;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly object _gate = new();
    private long _syncedAt;
    private bool _dirty;
    private Task _running = Task.CompletedTask;

    public WalSync(string path, int intervalMs, TimeProvider time, ILogger logger)
    {
        // Asked once a second, so a commit may wait up to a second longer than this.
        _interval = TimeSpan.FromMilliseconds(Math.Max(0, intervalMs - 1000));
        _time = time;
        _logger = logger;
        _syncedAt = time.GetTimestamp();
        try
        {
            _log = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            BufferLog.SyncFailed(logger, e);
        }
    }

    /// <summary>A transaction was committed to the log.</summary>
    /// <param name="syncNow">It must be on disk before anyone builds on it.</param>
    public void Written(bool syncNow)
    {
        if (syncNow)
        {
            Sync();
            return;
        }

        lock (_gate)
        {
            _dirty = true;
        }
    }

    /// <summary>Syncs on another thread when the interval has passed; called about once a second.</summary>
    public Task SyncIfDueAsync()
    {
        lock (_gate)
        {
            if (_dirty && _running.IsCompleted && _time.GetElapsedTime(_syncedAt) >= _interval)
            {
                _dirty = false;
                _syncedAt = _time.GetTimestamp();
                _running = Task.Run(Sync);
            }

            return _running;
        }
    }

    public void Dispose() => _log?.Dispose();

    private void Sync()
    {
        try
        {
            if (_log is { IsClosed: false })
            {
                RandomAccess.FlushToDisk(_log);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            BufferLog.SyncFailed(_logger, e);
        }
    }
}
