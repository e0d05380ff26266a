namespace EdgeAgent.Assessment.RulePacks;

/// <summary>A business scene (数字化经营应用场景).</summary>
/// <param name="Group">一级指标, for instance 生产执行数字化.</param>
/// <param name="Constrained">约束性 (true) or 指导性 (false).</param>
/// <param name="Signals">Kinds of signals of which one at least must be collected before data ticks the scene in item 4;
/// empty: devices prove nothing here, only a connected system does.</param>
/// <param name="Levels">What is asked for a level, where it is known.</param>
public sealed record RulePackScene(
    string Name, string Group, bool Constrained, IReadOnlyList<SceneSignal> Signals, IReadOnlyList<RulePackSceneLevel> Levels);

/// <summary>What a level of a scene asks for.</summary>
public sealed record RulePackSceneLevel(int Level, string Text);

/// <summary>What a tag tells about a machine, as far as it can prove a scene.</summary>
public enum SceneSignal
{
    /// <summary>Pieces, cycles, reported work (报工).</summary>
    Count,
    /// <summary>A parameter of the process.</summary>
    Parameter,
    /// <summary>Running, stopped, fault.</summary>
    State,
    /// <summary>An alarm of the machine.</summary>
    Alarm,
    /// <summary>A cumulative register of energy or volume; must not decrease.</summary>
    Energy,
    /// <summary>A measurement or a pass/fail of a detector.</summary>
    Measurement,
    /// <summary>An alarm of safety, with a heartbeat.</summary>
    SafetyAlarm,
    /// <summary>A movement of stock.</summary>
    Stock,
}
