namespace EdgeAgent.Collector.Pipeline;

/// <summary>What the pipeline does to the readings of one tag.</summary>
/// <param name="IsScaled">Whether scale and offset apply; the value then becomes a float64.</param>
/// <param name="Minimum">Lower limit in engineering units, negative infinity when there is none.</param>
/// <param name="Maximum">Upper limit in engineering units, positive infinity when there is none.</param>
/// <param name="Filter">How unchanged readings are held back.</param>
/// <param name="Deadband">The largest change held back: in engineering units, or as a fraction of the last value sent.</param>
/// <param name="HeartbeatTicks">A reading passes when the last one passed this long ago; 0 is never.</param>
internal readonly record struct TagRule(
    bool IsScaled, double Scale, double Offset, double Minimum, double Maximum, TagFilterKind Filter, double Deadband, long HeartbeatTicks)
{
    /// <summary>Passes everything unchanged.</summary>
    public static TagRule Passing { get; } = new(false, 1, 0, double.NegativeInfinity, double.PositiveInfinity, TagFilterKind.None, 0, 0);

    public bool HasLimits => !double.IsNegativeInfinity(Minimum) || !double.IsPositiveInfinity(Maximum);
}

/// <summary>How unchanged readings of a tag are held back.</summary>
internal enum TagFilterKind : byte
{
    /// <summary>Every reading passes.</summary>
    None,

    /// <summary>A reading passes when it differs from the last one that passed by more than an absolute amount.</summary>
    Absolute,

    /// <summary>A reading passes when it differs by more than a fraction of the last value that passed.</summary>
    OfLastValue,
}
