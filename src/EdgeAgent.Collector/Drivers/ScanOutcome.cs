namespace EdgeAgent.Collector.Drivers;

/// <summary>The end of one scan.</summary>
/// <param name="Answer">What it says about the device.</param>
/// <param name="Problem">The worst thing met, for people, or null when every tag was read. A driver keeps these texts ready, so that a scan allocates none.</param>
public readonly record struct ScanOutcome(ScanAnswer Answer, string? Problem = null);
