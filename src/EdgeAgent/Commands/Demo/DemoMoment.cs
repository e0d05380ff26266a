namespace EdgeAgent.Commands.Demo;

/// <summary>What the demo shows while it runs.</summary>
/// <param name="Lag">Age of the newest stored reading; null before the first.</param>
internal sealed record DemoMoment(
    TimeSpan Running,
    int Devices,
    int Online,
    long Stored,
    double StoredPerSecond,
    long Pending,
    TimeSpan? Lag,
    Share NetworkingRate,
    Share DigitalizationRate,
    string ApiAddress,
    IReadOnlyList<DemoDeviceLine> Lines);

/// <summary>One device on the screen.</summary>
internal sealed record DemoDeviceLine(string Name, bool Online, long Good, long Bad, long Missed, string Problem);
