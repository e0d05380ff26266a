namespace EdgeAgent.Collector.Buffer;

/// <summary>One turn of the writer: everything in it is committed together. What fails stays for the next turn, except appends.</summary>
internal sealed class WriterWork
{
    public List<AppendRequest> Appends { get; } = [];

    public List<TaskCompletionSource<DiscardedSnapshot>> Takes { get; } = [];

    public List<TaskCompletionSource> Barriers { get; } = [];

    /// <summary>Sequences whose stored bytes no longer match their hash.</summary>
    public List<(Guid Incarnation, long Sequence)> Damaged { get; } = [];

    /// <summary>What cursors have passed. Sequences mean nothing without their incarnation.</summary>
    public Dictionary<(Guid Incarnation, string Cursor), SequenceSet> Passed { get; } = [];

    public bool Tick { get; set; }

    public bool Stopping { get; set; }

    /// <summary>A reader met damage.</summary>
    public bool DamageSeen { get; set; }

    /// <summary>The last turn left deletes to do.</summary>
    public bool HasMore { get; set; }

    public bool NeedsTransaction => Appends.Count > 0 || Passed.Count > 0 || Damaged.Count > 0 || HasMore;

    public void Pass(Guid incarnation, string cursor, SequenceSet sequences)
    {
        if (Passed.TryGetValue((incarnation, cursor), out SequenceSet? set))
        {
            set.UnionWith(sequences);
        }
        else
        {
            Passed.Add((incarnation, cursor), sequences);
        }
    }
}
