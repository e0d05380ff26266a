namespace EdgeAgent.Assessment.Findings;

/// <summary>What a reader must know first, as results and packs record it, and in Chinese.</summary>
public static class NoticeTexts
{
    /// <summary>Begins the notice of a result with simulated readings in it.</summary>
    private const string SimulatedStart = "SIMULATED";

    /// <summary>Simulated readings count in the figures.</summary>
    public static BilingualText Simulated { get; } = new(
        "数字中含仿真数据，不能证明任何工厂的情况", "SIMULATED: simulated readings count in these figures; they prove nothing about a plant");

    /// <summary>The rule pack is one for demonstrations.</summary>
    public static BilingualText Demonstration { get; } = new("由演示用规则包生成，仅供演示", "DEMONSTRATION: made by a rule pack for demonstrations");

    /// <summary>Both languages of a notice that was recorded.</summary>
    public static BilingualText Text(string recorded) =>
        new((recorded.StartsWith(SimulatedStart, StringComparison.Ordinal) ? Simulated : Demonstration).Zh, recorded);
}
