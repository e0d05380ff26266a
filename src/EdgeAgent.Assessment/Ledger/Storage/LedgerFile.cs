namespace EdgeAgent.Assessment.Ledger.Storage;

/// <summary>The append-only file of a site's events; README.md in this folder documents it.</summary>
/// <remarks>An event is there once its line feed is: the line goes to the disk first and the line feed after it, so that a power cut
/// leaves a whole event or a tail without line feed, which readers pass over and the next writer cuts off.</remarks>
internal sealed class LedgerFile(string folder, string site)
{
    public const string FileName = "events.jsonl";

    private readonly string _path = Path.Combine(folder, FileName);
    private readonly List<LedgerEvent> _events = [];
    private long _end;

    /// <summary>Events that were read so far.</summary>
    public IReadOnlyList<LedgerEvent> Events => [.. _events];

    public int Count => _events.Count;

    /// <summary>Reads what was added since the last time; true when there was anything.</summary>
    /// <exception cref="LedgerDamagedException">An event is not what was written, or events are missing.</exception>
    public bool ReadMore()
    {
        // The head first: it is written after the event, so the events read next reach it at least.
        LedgerHead head = LedgerHead.Read(folder);
        int before = _events.Count;
        if (File.Exists(_path))
        {
            using FileStream stream = new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (stream.Length < _end)
            {
                throw new LedgerDamagedException(_path, 0, 0, $"it has {stream.Length} bytes and had {_end}: events were cut off");
            }

            ReadLines(stream);
        }

        CheckHead(head);
        return _events.Count > before;
    }

    /// <summary>Adds an event durably. The caller holds the lock of the folder and has read everything before.</summary>
    public void Append(LedgerEvent happened)
    {
        (byte[] line, LedgerEvent hashed) = EventLine.Write(happened);
        bool isNew = !File.Exists(_path);
        using (FileStream stream = new(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0))
        {
            stream.SetLength(_end);
            stream.Position = _end;
            stream.Write(line);
            stream.Flush(flushToDisk: true);
            stream.WriteByte((byte)'\n');
            stream.Flush(flushToDisk: true);
            _end = stream.Position;
        }

        if (isNew)
        {
            FolderSync.Flush(folder);
        }

        _events.Add(hashed);
        try
        {
            new LedgerHead(hashed.Sequence, hashed.Hash).Write(folder);
        }
        catch (IOException)
        {
            // The event is recorded, and the caller must hear so; the next event writes the head anew.
        }
    }

    private void ReadLines(FileStream stream)
    {
        byte[] bytes = new byte[stream.Length - _end];
        stream.Position = _end;
        stream.ReadExactly(bytes);
        int at = 0;
        while (bytes.AsSpan(at).IndexOf((byte)'\n') is var length and >= 0)
        {
            Take(bytes.AsSpan(at, length));
            at += length + 1;
            _end += length + 1;
        }
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        (LedgerEvent? happened, Findings.BilingualText? problem) = EventLine.Read(line);
        LedgerEvent? last = _events.Count == 0 ? null : _events[^1];
        string? wrong = happened is null ? problem!.En
            : happened.Sequence != _events.Count + 1 ? $"event {happened.Sequence} stands where event {_events.Count + 1} belongs"
            : happened.Previous != (last?.Hash ?? LedgerHistory.NoHash) ? "the event does not follow on the one before it"
            : last is not null && happened.AtTicks < last.AtTicks ? "the event is older than the one before it"
            : happened.Site != site ? $"the event is of site '{happened.Site}'"
            : null;
        if (wrong is not null)
        {
            throw new LedgerDamagedException(_path, _events.Count + 1, _end, wrong);
        }

        _events.Add(happened!);
    }

    private void CheckHead(LedgerHead head)
    {
        if (head.Sequence > _events.Count)
        {
            throw new LedgerDamagedException(_path, 0, 0, $"it has {_events.Count} events and had {head.Sequence}: events are missing at its end");
        }

        if (head.Sequence > 0 && _events[(int)head.Sequence - 1].Hash != head.Hash)
        {
            throw new LedgerDamagedException(_path, (int)head.Sequence, 0, "the event is not the one that was recorded: the file was rewritten");
        }
    }
}
