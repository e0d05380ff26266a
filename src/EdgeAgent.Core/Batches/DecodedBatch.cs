using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Batches;

/// <summary>A batch read back; reusable, one owner at a time.</summary>
/// <remarks>Its content is meaningful only after <see cref="BatchReader.TryRead"/> returned <see cref="BatchReadStatus.Ok"/>,
/// and says nothing about the signature.</remarks>
public sealed class DecodedBatch
{
    private readonly byte[] _hash = new byte[BatchFormat.HashBytes];
    private readonly byte[] _previousHash = new byte[BatchFormat.HashBytes];
    private readonly byte[] _configHash = new byte[BatchFormat.HashBytes];

    internal ColumnDecoder Columns { get; } = new();
    internal byte[] Content { get; set; } = [];
    internal Span<byte> HashSpan => _hash;
    internal Span<byte> PreviousHashSpan => _previousHash;
    internal Span<byte> ConfigHashSpan => _configHash;

    public string Site { get; internal set; } = "";
    public string Agent { get; internal set; } = "";
    public Guid Incarnation { get; internal set; }
    public long Sequence { get; internal set; }
    public long CreatedTicks { get; internal set; }

    /// <summary>SHA-256 of the body. Overwritten by the next read into this object, as all of it.</summary>
    public ReadOnlyMemory<byte> Hash => _hash;
    public ReadOnlyMemory<byte> PreviousHash => _previousHash;
    public ReadOnlyMemory<byte> ConfigHash => _configHash;

    public ReadingBatch Readings { get; } = new();
    public List<ScanAccount> Accounts { get; } = [];
    public List<DiscardedRange> Discarded { get; } = [];

    /// <summary>The definition that this batch brings, or null.</summary>
    public PlantDefinition? Definition { get; internal set; }

    public void Clear()
    {
        Incarnation = default;
        Sequence = 0;
        CreatedTicks = 0;
        Readings.Clear();
        Accounts.Clear();
        Discarded.Clear();
        Definition = null;
    }
}
