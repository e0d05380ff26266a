namespace EdgeAgent.Commands.Bench;

/// <summary>Which side of the target is the good one.</summary>
internal enum BenchDirection
{
    /// <summary>At most the target.</summary>
    AtMost,
    /// <summary>At least the target.</summary>
    AtLeast,
}

/// <summary>One figure, with the target it is held against; an observation when it has none.</summary>
internal sealed record BenchMeasurement(string Name, double Value, string Unit, double? Target = null, BenchDirection Direction = BenchDirection.AtMost)
{
    /// <summary>Whether the target is met. A figure that is not a number meets none.</summary>
    public bool Holds => Target is not { } target || (Direction == BenchDirection.AtMost ? Value <= target : Value >= target);

    public static BenchMeasurement AtMost(string name, double value, string unit, double target) =>
        new(name, value, unit, target, BenchDirection.AtMost);

    public static BenchMeasurement AtLeast(string name, double value, string unit, double target) =>
        new(name, value, unit, target, BenchDirection.AtLeast);

    public static BenchMeasurement Observed(string name, double value, string unit) => new(name, value, unit);
}

/// <summary>What a scenario measured, and notes without which the figures would mislead.</summary>
internal sealed record BenchResult(IReadOnlyList<BenchMeasurement> Measurements, IReadOnlyList<string> Notes)
{
    public BenchResult(params IReadOnlyList<BenchMeasurement> measurements)
        : this(measurements, [])
    {
    }

    public bool Holds => Measurements.All(measurement => measurement.Holds);
}
