using System.Security.Cryptography;
using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Buffer;

/// <summary>A buffer in a directory of its own, with batches made of random bytes chained by hash.</summary>
internal sealed class BufferFixture : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Random _random = new(1);
    private int _copies;

    public BufferFixture(Func<BufferOptions, BufferOptions>? change = null)
    {
        Options = new BufferOptions { Directory = Path.Combine(_directory.Path, "buffer"), Cursors = ["hub"] };
        Options = change?.Invoke(Options) ?? Options;
        Buffer = BatchBuffer.Open(Options, Time, Logger);
    }

    public BufferOptions Options { get; set; }

    public FakeTimeProvider Time { get; } = new();

    public ILogger Logger { get; } = NullLogger.Instance;

    public BatchBuffer Buffer { get; private set; }

    public async Task ReopenAsync()
    {
        await Buffer.DisposeAsync();
        Open();
    }

    /// <summary>Goes on with the files as a kill of the process would have left them.</summary>
    public async Task KillAndReopenAsync()
    {
        string copy = CopyFiles();
        await Buffer.DisposeAsync();
        Options = Options with { Directory = copy };
        Open();
    }

    public void Open() => Buffer = BatchBuffer.Open(Options, Time, Logger);

    /// <summary>Appends a batch of so many bytes, ten readings in each of two devices unless told otherwise.</summary>
    public AppendStatus Append(int sizeBytes = 500, bool definition = false, DiscardedSnapshot? declared = null, int readings = 20)
    {
        byte[] signed = new byte[sizeBytes];
        _random.NextBytes(signed);
        BatchRecord record = Record(Buffer, signed, Time, readings, definition, declared);
        return Buffer.Append(signed, record);
    }

    public static BatchRecord Record(
        BatchBuffer buffer, byte[] signed, TimeProvider time, int readings = 20, bool definition = false, DiscardedSnapshot? declared = null)
    {
        long now = UnixTicks.Now(time);
        return new BatchRecord(
            buffer.Incarnation, buffer.NextSequence, SHA256.HashData(signed), now, now - 1000, now, readings, definition,
            Accounts(UnixTicks.HourOf(now), readings), now, declared);
    }

    /// <summary>Half of the readings of each of two devices, of which one had a reading more to give.</summary>
    public static DiscardedAccount[] Accounts(int hour, long readings, int batches = 1) =>
    [
        new("press-01", hour, Provenance.Live, (readings / 2) + batches, readings / 2),
        new("press-02", hour, Provenance.Simulated, readings - (readings / 2), readings - (readings / 2)),
    ];

    public async Task AcknowledgeAsync(long contiguous, params SequenceRange[] above)
    {
        Buffer.Acknowledge("hub", Buffer.Incarnation, contiguous, above);
        await Buffer.FlushAsync();
    }

    /// <summary>A copy of the files as they are now, as after a kill; with a shorter write-ahead log, as after a power cut.</summary>
    public string CopyFiles(long? logLength = null)
    {
        string copy = Path.Combine(_directory.Path, $"copy-{_copies++}");
        Directory.CreateDirectory(copy);
        string source = BufferDatabase.PathIn(Options.Directory);
        File.Copy(source, BufferDatabase.PathIn(copy));
        using FileStream log = new(source + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[Math.Min(logLength ?? log.Length, log.Length)];
        log.ReadExactly(bytes);
        File.WriteAllBytes(BufferDatabase.PathIn(copy) + "-wal", bytes);
        return copy;
    }

    public List<long> ReadAll(string cursor = "hub") => ReadAll(Buffer, cursor);

    public static List<long> ReadAll(BatchBuffer buffer, string cursor = "hub")
    {
        var block = new BufferBlock();
        var sequences = new List<long>();
        long after = 0;
        while (buffer.TryRead(cursor, after, 64, 1 << 20, block) && block.Batches.Count > 0)
        {
            foreach (BufferedBatch batch in block.Batches)
            {
                Assert.Equal(SHA256.HashData(block.Signed(batch).Span), block.Hash(batch).Span);
                sequences.Add(batch.Sequence);
                after = batch.Sequence;
            }
        }

        return sequences;
    }

    public async ValueTask DisposeAsync()
    {
        await Buffer.DisposeAsync();
        _directory.Dispose();
    }
}
