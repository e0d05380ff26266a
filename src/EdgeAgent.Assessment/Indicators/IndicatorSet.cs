namespace EdgeAgent.Assessment.Indicators;

/// <summary>Everything that is measured of a site besides the answers to the questionnaire, each as numerator and denominator.</summary>
/// <param name="Digitalization">设备数字化率 by evidence, with option and points.</param>
/// <param name="DigitalDeclared">设备数字化率 as the ledger declares it.</param>
/// <param name="DigitalObserved">设备数字化率 of assets whose own controller answered.</param>
/// <param name="Networking">设备联网率 over all counted assets, with option and points.</param>
/// <param name="NetworkedOfDigital">设备联网率 over the digital assets only, as some regions define it.</param>
/// <param name="NetworkedStrict">Networked assets over the strict denominator, which holds what is only out of use.</param>
/// <param name="Areas">网络覆盖: areas with a networked asset.</param>
/// <param name="Links">Link types over which readings came in the window.</param>
/// <param name="Scenes">数据采集覆盖: business scenes of item 4 with automatic data.</param>
/// <param name="Processes">数据采集覆盖: processes with a networked asset.</param>
/// <param name="Points">数据采集覆盖: points of the 采集点表 that were collected.</param>
/// <param name="Completeness">数据完整率: good readings of the expected ones, over all counted assets.</param>
/// <param name="KeyProcesses">关键工序数控化率: key processes with a numerically controlled asset.</param>
/// <param name="Oee">Inputs of the equipment effectiveness where state tags exist.</param>
public sealed record IndicatorSet(
    RateResult Digitalization,
    Fraction DigitalDeclared,
    Fraction DigitalObserved,
    RateResult Networking,
    Fraction NetworkedOfDigital,
    Fraction NetworkedStrict,
    Coverage Areas,
    IReadOnlyList<LinkCount> Links,
    Coverage Scenes,
    Coverage Processes,
    Coverage Points,
    Fraction Completeness,
    Coverage KeyProcesses,
    IReadOnlyList<OeeInputs> Oee);

/// <summary>Which named things are covered and which are not.</summary>
/// <param name="Share">Covered over all.</param>
public sealed record Coverage(Fraction Share, IReadOnlyList<string> Covered, IReadOnlyList<string> Missing)
{
    public static Coverage Of(IEnumerable<(string Name, bool Covered)> things)
    {
        (string Name, bool Covered)[] all = [.. things.OrderBy(t => t.Name, StringComparer.Ordinal)];
        string[] covered = [.. all.Where(t => t.Covered).Select(t => t.Name)];
        return new Coverage(new Fraction(covered.Length, all.Length), covered, [.. all.Where(t => !t.Covered).Select(t => t.Name)]);
    }
}

/// <summary>How many devices sent readings over one kind of link.</summary>
/// <param name="Link">The driver, for instance <c>modbus-tcp</c>.</param>
public sealed record LinkCount(string Link, int Devices);

/// <summary>What an asset's state and counters say for 设备综合效率; only what exists is given.</summary>
/// <param name="RunSeconds">Time in the running state.</param>
/// <param name="ObservedSeconds">Time of which the state is known.</param>
/// <param name="Availability">Running over known time; null without a state tag.</param>
/// <param name="Total">Pieces made, from a counter that does not go back; null without one.</param>
/// <param name="Good">Good pieces among them; null without such a counter.</param>
/// <param name="Quality">Good over all pieces.</param>
public sealed record OeeInputs(
    string AssetNo, long? RunSeconds, long? ObservedSeconds, Fraction? Availability, decimal? Total, decimal? Good, string? Quality);
