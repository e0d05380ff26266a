namespace EdgeAgent.Collector.Buffer;

/// <summary>The one row of meta: everything that must change together with the batches. Written in every transaction.</summary>
internal sealed class BufferState
{
    public const int HashBytes = 32;

    public Guid Incarnation { get; set; }
    public long NextSequence { get; set; }
    public byte[] LastHash { get; set; } = new byte[HashBytes];
    public long? AccountedUntilTicks { get; set; }

    /// <summary>Sequences up to this one may have been published; after a power cut numbering goes on above it.</summary>
    public long ReservedSequence { get; set; }

    public string Boot { get; set; } = "";
    public bool Clean { get; set; }
    public long PendingBatches { get; set; }
    public long PendingReadings { get; set; }
    public long PendingBytes { get; set; }
    public long BufferedReadings { get; set; }
    public long AcknowledgedReadings { get; set; }
    public long DiscardedReadings { get; set; }

    public static BufferState CreateNew(string boot) => new()
    {
        Incarnation = Guid.NewGuid(),
        NextSequence = 1,
        Boot = boot,
        Clean = true,
    };
}
