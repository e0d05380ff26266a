namespace EdgeAgent.Collector.Buffer;

/// <summary>What could still be read of a damaged database.</summary>
internal sealed class SalvageReport
{
    /// <summary>Where the database lies now.</summary>
    public string SetAsideAs { get; set; } = "";

    public long Batches { get; set; }

    /// <summary>Readings in the rows that could be read.</summary>
    public long ReadableReadings { get; set; }

    /// <summary>Readings pending according to meta, when that could be read.</summary>
    public long? PendingReadings { get; set; }

    public long AcknowledgedReadings { get; set; }
    public long DiscardedReadings { get; set; }
    /// <summary>Readings given up before that were not known to be declared; <see cref="DiscardedReadings"/> holds them too.</summary>
    public long UndeclaredReadings { get; set; }

    public long? AccountedUntilTicks { get; set; }
    public long? FirstTicks { get; set; }
    public long? LastTicks { get; set; }

    /// <summary>What was due in the rows that could be read, by the device numbers of that database.</summary>
    public AccountSums Accounts { get; } = new();

    /// <summary>Its device names by number, when those could be read.</summary>
    public Dictionary<long, string> Names { get; } = [];


    /// <summary>The best count there is of what was lost.</summary>
    public long LostReadings => PendingReadings ?? ReadableReadings;
}
