namespace EdgeAgent.Simulation;

/// <summary>The character of a kind of machine: what it needs to be simulated plausibly.</summary>
/// <param name="Kind">Its name in a simulation file.</param>
/// <param name="CycleMs">Time of one part; 0 for machines that make none.</param>
/// <param name="RunningBlocks">Of the 40 blocks of 90 s in an hour, how many it runs.</param>
/// <param name="IdleBlocks">How many it waits for material or people.</param>
/// <param name="AlarmBlocks">How many it stands with an alarm; the rest it is switched off.</param>
/// <param name="RatedPowerKw">Mean power while running.</param>
/// <param name="TemperatureCelsius">Working temperature.</param>
/// <param name="PressureBar">Working pressure.</param>
internal sealed record MachineProfile(
    string Kind,
    int CycleMs,
    int RunningBlocks,
    int IdleBlocks,
    int AlarmBlocks,
    double RatedPowerKw,
    double TemperatureCelsius,
    double PressureBar)
{
    /// <summary>Every kind that can be simulated.</summary>
    public static IReadOnlyList<MachineProfile> All { get; } =
    [
        new("injection-moulder", CycleMs: 2_400, 32, 4, 2, RatedPowerKw: 22, TemperatureCelsius: 228, PressureBar: 112),
        new("cnc", CycleMs: 4_800, 29, 7, 2, RatedPowerKw: 11, TemperatureCelsius: 41, PressureBar: 6.2),
        new("press", CycleMs: 1_100, 33, 4, 1, RatedPowerKw: 37, TemperatureCelsius: 55, PressureBar: 185),
        new("robot", CycleMs: 3_200, 35, 3, 1, RatedPowerKw: 4.5, TemperatureCelsius: 38, PressureBar: 6.0),
        new("tester", CycleMs: 6_000, 30, 8, 1, RatedPowerKw: 1.2, TemperatureCelsius: 24, PressureBar: 5.8),
        new("compressor", CycleMs: 0, 37, 2, 1, RatedPowerKw: 45, TemperatureCelsius: 78, PressureBar: 7.4),
        new("energy-meter", CycleMs: 0, 40, 0, 0, RatedPowerKw: 160, TemperatureCelsius: 30, PressureBar: 0),
    ];

    public static MachineProfile? Find(string kind) => All.FirstOrDefault(profile => profile.Kind == kind);
}
