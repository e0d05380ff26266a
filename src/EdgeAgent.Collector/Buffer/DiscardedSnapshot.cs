using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Buffer;

/// <summary>Discards that wait to be declared. Put <see cref="Ranges"/> into the next batch and the snapshot into its <see cref="BatchRecord"/>.</summary>
public sealed class DiscardedSnapshot
{
    internal DiscardedSnapshot(IReadOnlyList<DiscardedRange> ranges, IReadOnlyList<long> ids, Guid incarnation = default)
    {
        Incarnation = incarnation;
        Ranges = ranges;
        Ids = ids;
    }

    public static DiscardedSnapshot Empty { get; } = new([], []);

    public IReadOnlyList<DiscardedRange> Ranges { get; }

    internal IReadOnlyList<long> Ids { get; }

    /// <summary>Of whose sequences it speaks.</summary>
    internal Guid Incarnation { get; }
}
