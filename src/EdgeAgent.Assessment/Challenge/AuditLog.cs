using System.Text.Json;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Ledger.Storage;

namespace EdgeAgent.Assessment.Challenge;

/// <summary>An append-only, hash-chained file of what people and programs did: reads by assessors, tokens, live challenges.</summary>
/// <remarks>Safe for concurrent use, also by several processes: whoever appends holds the folder's lock. An entry is on the disk when
/// <see cref="Append"/> returns. A chain shows that lines were changed, removed or inserted, but not that the newest were cut off;
/// against that the evidence pack holds the log as it was.</remarks>
public sealed class AuditLog(string path, TimeProvider time)
{
    private readonly Lock _gate = new();

    // What is known of the file's end, so that an append does not read all of it.
    private long _knownEnd;
    private long _sequence;
    private string _hash = AuditChain.NoHash;

    public string Path { get; } = path;

    /// <exception cref="IOException">The file cannot be written, or its chain is broken.</exception>
    public AuditEntry Append(string who, string what, params ReadOnlySpan<(string Name, string Value)> facts)
    {
        SortedDictionary<string, string> named = new(StringComparer.Ordinal);
        foreach ((string name, string value) in facts)
        {
            named[name] = value;
        }

        lock (_gate)
        {
            string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;
            Directory.CreateDirectory(folder);
            using FileStream only = LedgerLock.Take(folder);
            using FileStream file = new(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            CatchUp(file);
            AuditEntry entry = new(_sequence + 1, time.GetUtcNow().ToUniversalTime(), who, what, named, _hash);
            byte[] line = JsonSerializer.SerializeToUtf8Bytes(entry, AuditJson.Line.AuditEntry);
            file.Position = _knownEnd;
            file.Write([.. line, (byte)'\n']);
            file.Flush(flushToDisk: true);
            (_knownEnd, _sequence, _hash) = (file.Position, entry.Sequence, AuditChain.HashOf(line));
            return entry;
        }
    }

    /// <summary>The whole file as it is now; empty when there is none.</summary>
    public byte[] ReadAll()
    {
        lock (_gate)
        {
            if (!File.Exists(Path))
            {
                return [];
            }

            using FileStream file = new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] bytes = new byte[file.Length];
            int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            // A line that another process is writing has no end yet.
            return bytes[..(bytes.AsSpan(0, read).LastIndexOf((byte)'\n') + 1)];
        }
    }

    private void CatchUp(FileStream file)
    {
        if (file.Length == _knownEnd)
        {
            return;
        }

        byte[] all = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(all);
        // What a power cut left of a line was never told to anybody as written.
        int whole = all.AsSpan().LastIndexOf((byte)'\n') + 1;
        IReadOnlyList<AuditEntry> entries = AuditChain.Read(all.AsSpan(0, whole), out BilingualText? problem, out string head);
        if (problem is not null)
        {
            throw new IOException($"{Path}: {problem.En}. Nothing is added to a broken log; keep the file, and begin a new one.");
        }

        file.SetLength(whole);
        (_knownEnd, _sequence, _hash) = (whole, entries.Count, head);
    }
}
