using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Core.Batches;

namespace EdgeAgent.Collector.Tests.Pipeline;

/// <summary>Keeps batches in memory, and fails as the test says.</summary>
internal sealed class MemoryBatchLog : IBatchLog
{
    private byte[] _lastHash = new byte[32];

    /// <summary>Asked at each append.</summary>
    public Func<AppendStatus> NextStatus { get; set; } = () => AppendStatus.Appended;

    public List<DecodedBatch> Batches { get; } = [];

    public List<BatchRecord> Records { get; } = [];

    public bool KeepsContent { get; set; } = true;

    public Guid Incarnation { get; private set; } = Guid.NewGuid();

    public long NextSequence { get; private set; } = 1;

    public ReadOnlyMemory<byte> LastHash => _lastHash;

    /// <summary>Handed out to be declared, once.</summary>
    public DiscardedSnapshot Discarded { get; set; } = DiscardedSnapshot.Empty;

    public DiscardedSnapshot TakeDiscarded()
    {
        DiscardedSnapshot taken = Discarded;
        Discarded = DiscardedSnapshot.Empty;
        return taken;
    }

    /// <summary>A new chain, as when somebody else than the pipeline met the damage.</summary>
    public void BeginAnew()
    {
        Incarnation = Guid.NewGuid();
        NextSequence = 1;
        _lastHash = new byte[32];
    }

    public AppendStatus Append(ReadOnlyMemory<byte> signed, in BatchRecord record)
    {
        AppendStatus status = NextStatus();
        if (status == AppendStatus.NewIncarnation)
        {
            BeginAnew();
            return status;
        }

        if (status == AppendStatus.Appended)
        {
            Assert.Equal(NextSequence, record.Sequence);
            NextSequence++;
            record.Hash.Span.CopyTo(_lastHash);
            if (KeepsContent)
            {
                var batch = new DecodedBatch();
                Assert.Equal(BatchReadStatus.Ok, BatchReader.TryRead(signed.Span, batch, BatchLimits.Default));
                Batches.Add(batch);
                Records.Add(record with { Accounts = record.Accounts.ToArray() });
            }
        }

        return status;
    }
}
