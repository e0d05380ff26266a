using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>Makes the pipeline's rules out of tag configurations.</summary>
internal static class TagRules
{
    public static TagRule RuleOf(TagConfig tag)
    {
        (TagFilterKind filter, double deadband) = FilterOf(tag);
        return new TagRule(
            IsScaled(tag),
            tag.Scale ?? 1,
            tag.Offset ?? 0,
            tag.Min ?? double.NegativeInfinity,
            tag.Max ?? double.PositiveInfinity,
            filter,
            deadband,
            (tag.HeartbeatMs ?? 0) * UnixTicks.PerMillisecond);
    }

    /// <summary>The kind that leaves the pipeline: a scaled number is a float64 whatever it was.</summary>
    public static ValueKind KindOf(TagConfig tag, ValueKind raw) =>
        IsScaled(tag) && raw is >= ValueKind.Boolean and <= ValueKind.Float64 ? ValueKind.Float64 : raw;

    private static bool IsScaled(TagConfig tag) => tag.Scale is not (null or 1) || tag.Offset is not (null or 0);

    /// <summary>Percent means percent of the span from min to max where both are there, else of the last value.</summary>
    private static (TagFilterKind Filter, double Deadband) FilterOf(TagConfig tag) => tag switch
    {
        { Deadband: { } absolute } => (TagFilterKind.Absolute, absolute),
        { DeadbandPercent: { } percent, Min: { } min, Max: { } max } => (TagFilterKind.Absolute, percent / 100 * (max - min)),
        { DeadbandPercent: { } percent } => (TagFilterKind.OfLastValue, percent / 100),
        _ => (TagFilterKind.None, 0),
    };
}
