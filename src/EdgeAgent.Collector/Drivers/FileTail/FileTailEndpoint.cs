using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.FileTail;

/// <summary>A running look at a folder: reads whole lines as they are written, file after file.</summary>
internal sealed class FileTailEndpoint : IPushedEndpoint, IShowsFrames
{
    /// <summary>A longer line is none; it is passed over.</summary>
    private const int LineMax = 64 * 1024;

    /// <summary>Readings of one receive, so that a folder full of old files does not become one batch.</summary>
    private const int ReadingsMost = 10_000;

    /// <summary>Lines count as being in the buffer on the disk this long after they were handed over. After a crash those in between are read
    /// again, and with the times that they had, so that the store knows what it has already.</summary>
    private static readonly TimeSpan ConfirmAfter = TimeSpan.FromSeconds(10);

    private const string NoTime = "a line has no time that can be right; the time of reading is taken instead";
    private const string NoMatch = "a line does not match the pattern";

    private readonly FileTailPlan _plan;
    private readonly TimeProvider _time;
    private readonly PositionFile _kept;
    private readonly LineReader _lines;
    private readonly FrameMemory _frames;
    private readonly byte[] _buffer = new byte[LineMax];
    private List<TailedFile>? _files;
    private List<(TailedFile File, long Offset)>? _candidate;
    private long _candidateStamp;
    private long _nextTicks;
    private bool _hasNew;
    private bool _handedOver;
    private string? _problem;
    private bool _hasNewProblem;
    private string? _lost;

    public FileTailEndpoint(FileTailPlan plan, EndpointServices services, List<TailedFile>? files)
    {
        (_plan, _time, _files) = (plan, services.Time, files);
        _kept = new PositionFile(services.StateDirectory is { } directory ? Path.Combine(directory, $"file-tail-{plan.Name}.json") : null);
        _lines = new LineReader(plan);
        _frames = new FrameMemory(plan.TailDevices.Count, services.Time, plan.Encoding);
    }

    public bool IsConnected { get; private set; }

    public ValueTask ConnectAsync(CancellationToken cancellation)
    {
        if (!Directory.Exists(_plan.Settings.Directory))
        {
            throw new EndpointConnectException($"there is no folder {_plan.Settings.Directory}; is the share mounted?");
        }

        try
        {
            if (_files is null)
            {
                List<TailPosition>? known = _kept.Load();
                _files = [.. (known ?? []).Select(position => new TailedFile(position))];
                _nextTicks = _files.Select(file => file.NextTicks).DefaultIfEmpty().Max();
                Recognize(isVeryFirst: known is null);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EndpointConnectException($"{_plan.Settings.Directory}: {exception.Message}", exception);
        }

        IsConnected = true;
        _lost = null;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisconnectAsync()
    {
        IsConnected = false;
        return ValueTask.CompletedTask;
    }

    public async ValueTask<PushOutcome> ReceiveAsync(ReadingBatch into, CancellationToken cancellation)
    {
        while (true)
        {
            PushKind? kind = null;
            if (_lost is null)
            {
                try
                {
                    ReadAll(into, ref kind);
                    Keep();
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    _lost = $"{_plan.Settings.Directory}: {exception.Message}";
                }
            }

            // What was read before goes first, as what it is: lines that come late must not count as live.
            if (kind is null && _lost is { } lost)
            {
                IsConnected = false;
                return new PushOutcome(PushKind.ConnectionLost, -1, lost);
            }

            if (kind is { } found)
            {
                return new PushOutcome(found);
            }

            if (_hasNewProblem)
            {
                _hasNewProblem = false;
                return new PushOutcome(PushKind.Live, 0, _problem);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(_plan.Settings.LookMs), _time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>A file has no sign of life but its lines.</summary>
    public bool Vouches(int group) => false;

    public IReadOnlyList<WireFrame> FramesOf(int device) => _frames.Of(device);

    public bool IsSimulated(int device) => false;

    /// <summary>Gives the positions to whoever reads the folder next.</summary>
    public List<TailedFile>? HandOver(string directory)
    {
        if (directory != _plan.Settings.Directory)
        {
            return null;
        }

        _handedOver = true;
        return _files;
    }

    /// <summary>Comes after the pipeline has put everything into the buffer, so the positions are those of what is there.</summary>
    public ValueTask DisposeAsync()
    {
        IsConnected = false;
        if (!_handedOver && _files is { } files)
        {
            _kept.Save([.. files.Select(file => file.Position)], toDisk: true);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Before lines are handed over it is kept that they are.</summary>
    private void Keep()
    {
        bool confirms = _candidate is null || _time.GetElapsedTime(_candidateStamp) >= ConfirmAfter;
        if (confirms)
        {
            _candidate?.ForEach(passed => passed.File.Confirm(passed.Offset));
            _candidate = [.. _files!.Select(file => (file, file.Position.Offset))];
            _candidateStamp = _time.GetTimestamp();
        }

        if (confirms || _hasNew)
        {
            _kept.Save([.. _files!.Select(file => file.Kept)], toDisk: confirms);
            _hasNew = false;
        }
    }

    private void Recognize(bool isVeryFirst)
    {
        var found = new List<TailedFile>();
        foreach (FileInfo info in new DirectoryInfo(_plan.Settings.Directory).EnumerateFiles(_plan.Settings.Files).OrderBy(info => info.LastWriteTimeUtc).ThenBy(info => info.Name))
        {
            using FileStream file = Open(info.FullName);
            TailedFile? known = _files!.Except(found).OrderByDescending(candidate => candidate.Position.Name == info.Name)
                .FirstOrDefault(candidate => candidate.Is(file, info.Name));
            known ??= TailedFile.New(file, info.Name, atEnd: isVeryFirst && !_plan.Settings.FromBeginning);
            known.Recognize(file, info.Name);
            found.Add(known);
        }

        _files = found;
    }

    /// <param name="kind">What was added; stays null when nothing was.</param>
    private void ReadAll(ReadingBatch into, ref PushKind? kind)
    {
        Recognize(isVeryFirst: false);
        foreach (TailedFile tailed in _files!)
        {
            using FileStream file = Open(Path.Combine(_plan.Settings.Directory, tailed.Position.Name));
            // Later than any before, and no two alike: the store knows a reading by its tag and time.
            _nextTicks = Math.Max(_nextTicks, UnixTicks.Now(_time));
            tailed.BeginRead(_nextTicks);
            bool mayGoOn = ReadFile(file, tailed, into, ref kind);
            _hasNew |= tailed.EndRead();
            _nextTicks = Math.Max(_nextTicks, tailed.NextTicks);
            if (!mayGoOn)
            {
                break;
            }
        }
    }

    /// <returns>Whether the next file may follow in the same receive.</returns>
    private bool ReadFile(FileStream file, TailedFile tailed, ReadingBatch into, ref PushKind? kind)
    {
        if (_plan.Settings.Header && _plan.Pattern is null && tailed.Columns is null && !TryHeader(file, tailed))
        {
            return true;
        }

        bool isRest = IsInsideLine(file, tailed.Position.Offset);
        while (file.Length > tailed.Position.Offset)
        {
            file.Position = tailed.Position.Offset;
            int read = file.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false);
            ReadOnlySpan<byte> rest = _buffer.AsSpan(0, read);
            int end = rest.IndexOf((byte)'\n');
            if (end < 0)
            {
                // Half a line waits for its other half, unless no line is that long.
                if (read < _buffer.Length)
                {
                    return true;
                }

                tailed.Advance(read);
                isRest = true;
                continue;
            }

            for (; end >= 0; end = rest.IndexOf((byte)'\n'))
            {
                // The end of a line that was too long is none itself: it begins somewhere in a number.
                if (!isRest && !TryTake(rest[..end].TrimEnd((byte)'\r'), tailed, into, ref kind))
                {
                    return false;
                }

                isRest = false;
                tailed.Advance(end + 1);
                rest = rest[(end + 1)..];
            }
        }

        return true;
    }

    /// <summary>Whether what was read so far ends within a line: one that is too long.</summary>
    private static bool IsInsideLine(FileStream file, long offset)
    {
        if (offset == 0 || offset > file.Length)
        {
            return false;
        }

        file.Position = offset - 1;
        return file.ReadByte() != '\n';
    }

    private bool TryHeader(FileStream file, TailedFile tailed)
    {
        file.Position = 0;
        int read = file.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false);
        int end = _buffer.AsSpan(0, read).IndexOf((byte)'\n');
        if (end < 0)
        {
            return false;
        }

        tailed.Columns = _lines.Header(_buffer.AsSpan(0, end).TrimEnd((byte)'\r'));
        if (tailed.Position.Offset == 0)
        {
            tailed.Advance(end + 1);
        }

        return true;
    }

    /// <returns>False when the line must wait for the next receive.</returns>
    private bool TryTake(ReadOnlySpan<byte> line, TailedFile tailed, ReadingBatch into, ref PushKind? kind)
    {
        if (into.Count >= ReadingsMost)
        {
            return false;
        }

        if (line.IsEmpty)
        {
            return true;
        }

        if (_lines.Open(_plan.Encoding.GetString(line), tailed.Columns) is not { } cells)
        {
            _frames.Received(FrameMemory.Connection, line, NoMatch);
            Note(NoMatch);
            return true;
        }

        long now = UnixTicks.Now(_time);
        bool timed = _lines.TryTime(cells, now, tailed.ReadTicks, out long ticks);
        PushKind own = now - ticks > _plan.Settings.LateMs * UnixTicks.PerMillisecond ? PushKind.BackFilled : PushKind.Live;
        if (kind is { } begun && begun != own)
        {
            return false;
        }

        int before = into.Count;
        _frames.Received(_lines.Add(into, cells, ticks), line, timed ? tailed.Position.Name : NoTime);
        kind = into.Count > before ? own : kind;
        Note(timed ? null : NoTime);
        return true;
    }

    private void Note(string? problem)
    {
        _hasNewProblem |= _problem != problem;
        _problem = problem;
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
