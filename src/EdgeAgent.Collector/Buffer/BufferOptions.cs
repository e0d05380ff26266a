using EdgeAgent.Collector.Buffer.Sqlite;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Buffer;

/// <summary>Where a buffer lies and how much it may hold.</summary>
public sealed record BufferOptions
{
    /// <summary>The buffer's own directory; created when missing.</summary>
    public required string Directory { get; init; }

    /// <summary>What an append survives; README.md beside this file has the contract. Default: <see cref="BufferDurability.Normal"/>.</summary>
    public BufferDurability Durability { get; init; } = BufferDurability.Normal;

    /// <summary>Cap of the batches held, in bytes of the database. Default: 2 GiB; smallest: 64 KiB.</summary>
    public long SizeBytesMax { get; init; } = 2L << 30;

    /// <summary>Batches older than this are given up. Default: 180 days.</summary>
    public TimeSpan AgeMax { get; init; } = TimeSpan.FromHours(4320);

    /// <summary>Names of the cursors: one for each publisher. Cursors of other names that the buffer remembers are removed.</summary>
    public IReadOnlyList<string> Cursors { get; init; } = [];

    /// <summary>Under <see cref="BufferDurability.Normal"/>, at most this much time passes until the disk has what was appended. Default: 5 s.</summary>
    public int SyncIntervalMs { get; init; } = 5000;

    /// <summary>Space set apart so that the buffer can still write when the disk is full. Default: 3 MiB, which holds all that the
    /// write-ahead log can hold and a batch.</summary>
    public int ReserveSizeBytes { get; init; } = 3 << 20;

    /// <summary>How long acknowledgements wait for company before a transaction of their own. Default: 50 ms.</summary>
    public int AcknowledgeDelayMs { get; init; } = 50;

    /// <summary>Asked once when the buffer came from a backup, with the end of the accounts in it. Null: nothing is declared as due since then.</summary>
    public Func<long, RestoredGap>? DueSince { get; init; }

    /// <summary>Makes steps of the database fail; tests only.</summary>
    internal ISqliteFaults? Faults { get; init; }

    /// <summary>Page limit of the database file, 0 for none; tests only.</summary>
    internal int PageCountMax { get; init; }

    /// <summary>Names the present run of the operating system; tests change it to play a power cut.</summary>
    internal string BootId { get; init; } = Buffer.BootId.Read();
}
