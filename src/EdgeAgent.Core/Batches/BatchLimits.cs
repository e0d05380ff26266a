namespace EdgeAgent.Core.Batches;

/// <summary>What a reader of batches accepts; everything is checked before memory is taken for it.</summary>
public sealed record BatchLimits
{
    public static BatchLimits Default { get; } = new();

    /// <summary>Bytes of a signed batch. 16 MiB holds the definition of 1,000,000 tags.</summary>
    public int SignedBytesMax { get; init; } = 16 << 20;

    /// <summary>Bytes of the columns, or of the definition, after decompression.</summary>
    public int ContentBytesMax { get; init; } = 64 << 20;

    /// <summary>Readings of one batch; each takes 32 bytes once decoded.</summary>
    public int ReadingsMax { get; init; } = 262_144;

    /// <summary>Highest tag id plus one; the decoder keeps 4 bytes for each.</summary>
    public int TagsMax { get; init; } = 1_048_576;

    /// <summary>Devices of a definition, accounts of a batch, and accounts of a discarded range.</summary>
    public int DevicesMax { get; init; } = 262_144;

    /// <summary>Discarded ranges of one batch.</summary>
    public int DiscardedMax { get; init; } = 65_536;

    /// <summary>Bytes of a site or agent name, device or tag name, unit, address or reason.</summary>
    public int NameBytesMax { get; init; } = 1_024;
}
