namespace EdgeAgent.Collector.Buffer;

/// <summary>One batch in a <see cref="BufferBlock"/>.</summary>
public readonly struct BufferedBatch
{
    internal BufferedBatch(long sequence, long createdTicks, int readings, int offset, int length, int hashLength)
    {
        Sequence = sequence;
        CreatedTicks = createdTicks;
        Readings = readings;
        Offset = offset;
        Length = length;
        HashLength = hashLength;
    }

    public long Sequence { get; }

    /// <summary>When it was sealed.</summary>
    public long CreatedTicks { get; }

    public int Readings { get; }

    /// <summary>Bytes of the signed batch.</summary>
    public int Length { get; }

    internal int Offset { get; }

    internal int HashLength { get; }
}
