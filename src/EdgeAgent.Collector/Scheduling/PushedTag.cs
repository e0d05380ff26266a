using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>What the loop knows of one tag that sends by itself.</summary>
internal struct PushedTag
{
    /// <summary>The tag's group.</summary>
    public int Group;

    public TagStanding Standing;

    // Since the last due instant.
    public bool GoodArrived;
    public bool BadArrived;
    public bool HasChanged;

    /// <summary>Whether it fell silent and consumers do not know yet.</summary>
    public bool IsUntold;

    /// <summary>The time under which consumers were told that it fell silent; 0 when they know better since.</summary>
    public long ToldSilentTicks;

    /// <summary>Whether the last back-filled reading was good.</summary>
    public bool FillIsGood;

    public MissedRuns Missed;
    private ulong _goodBits;
    private ValueKind _goodKind;

    /// <summary>Takes a reading in that tells of the present.</summary>
    public void Take(in Reading reading, ReadOnlySpan<byte> text)
    {
        if (!reading.Quality.IsGood)
        {
            BadArrived = true;
            IsUntold = false;
            Standing = TagStanding.Bad;
            return;
        }

        GoodArrived = true;
        IsUntold = false;
        Standing = TagStanding.Good;

        // For text a hash will do: two texts that it cannot tell apart cost one count of a change.
        ulong bits = reading.Kind is ValueKind.Text or ValueKind.Bytes ? HashOf(text) : reading.Bits;
        if (_goodKind != reading.Kind || _goodBits != bits)
        {
            HasChanged |= _goodKind != ValueKind.None;
            _goodKind = reading.Kind;
            _goodBits = bits;
        }
    }

    /// <summary>How the tag stands at a due instant.</summary>
    /// <param name="vouched">Whether silence means that nothing changed.</param>
    /// <param name="ownInterval">Whether what arrived since the last instant belongs to this one.</param>
    public readonly TagStanding At(bool vouched, bool ownInterval) =>
        vouched ? Standing
        : !ownInterval ? TagStanding.Silent
        : GoodArrived ? TagStanding.Good
        : BadArrived ? TagStanding.Bad
        : TagStanding.Silent;

    public void BeginInterval() => GoodArrived = BadArrived = HasChanged = false;

    /// <summary>FNV-1a, 64 bits.</summary>
    private static ulong HashOf(ReadOnlySpan<byte> text)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (byte b in text)
        {
            hash = (hash ^ b) * 1_099_511_628_211;
        }

        return hash;
    }
}

/// <summary>What is known of the present value of a tag.</summary>
internal enum TagStanding : byte
{
    /// <summary>Nothing has arrived yet.</summary>
    Unknown,

    Good,
    Bad,

    /// <summary>It was known once, and then not vouched for any more; consumers have been told.</summary>
    Silent,
}
