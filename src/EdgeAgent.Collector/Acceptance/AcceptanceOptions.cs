namespace EdgeAgent.Collector.Acceptance;

/// <summary>How an acceptance test is made.</summary>
public sealed record AcceptanceOptions
{
    /// <summary>A mean period longer than this many times the asked one is refused.</summary>
    public const double PeriodFactorMost = 1.2;

    /// <summary>How often each tag is read.</summary>
    public int Count { get; init; } = 10;

    /// <summary>Scan classes with a longer period are read this often, because someone is waiting.</summary>
    public int PeriodMsMost { get; init; } = 5_000;

    /// <summary>How long to wait for the readings of a device that sends by itself.</summary>
    public TimeSpan PatienceMost { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The machine is running: a measured value that never changes is refused, not only remarked.</summary>
    public bool IsMoving { get; init; }
}
