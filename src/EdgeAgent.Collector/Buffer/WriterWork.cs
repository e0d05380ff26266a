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

    /// <summary>The generation of the database in which a reader met damage; 0 when none did.</summary>
    public int DamagedGeneration { get; set; }

    /// <summary>The last turn left deletes to do.</summary>
    public bool HasMore { get; set; }

    /// <summary>There are deletes to do that the disk has refused; they are tried again with the next tick.</summary>
    public bool DeletesRefused { get; set; }

    public bool NeedsTransaction => Appends.Count > 0 || Passed.Count > 0 || Damaged.Count > 0 || HasMore || (Tick && DeletesRefused);

    /// <summary>Lets everyone go who still waits for an answer; there is no further turn.</summary>
    public void LetGo()
    {
        Takes.ForEach(take => take.TrySetResult(DiscardedSnapshot.Empty));
        Barriers.ForEach(barrier => barrier.TrySetResult());
    }

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
