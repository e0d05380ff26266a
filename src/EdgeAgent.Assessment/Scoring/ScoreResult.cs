namespace EdgeAgent.Assessment.Scoring;

/// <summary>得分 and 等级 (rule R14). Points are exact decimals and never rounded before they are compared.</summary>
/// <param name="Foundation">数字化基础.</param>
/// <param name="Management">数字化管理.</param>
/// <param name="Effect">数字化成效.</param>
/// <param name="Collected">Points of items 1 to 4, which collected data can prove.</param>
/// <param name="Total">Sum of the items; what is not answered brings nothing.</param>
/// <param name="TotalText">With two decimals, half up, for people.</param>
/// <param name="Level">0 (无等级) to 4.</param>
/// <param name="LevelName">For instance 二级（规范级）.</param>
/// <param name="Complete">Whether every item and scene has an accepted answer.</param>
/// <param name="Levels">Each level with what it asks for and what is reached, from 1 to 4.</param>
/// <param name="Next">The distance to the next level; null at the highest.</param>
public sealed record ScoreResult(
    decimal Foundation,
    decimal Management,
    decimal Effect,
    decimal Collected,
    decimal Total,
    string TotalText,
    int Level,
    string LevelName,
    bool Complete,
    IReadOnlyList<LevelResult> Levels,
    LevelDistance? Next);

/// <summary>One level against what is reached.</summary>
/// <param name="ScoreNeeded">Least total.</param>
/// <param name="ScenesNeeded">Least number of scenes at the level or above.</param>
/// <param name="ConstrainedNeeded">Least number of 约束性 scenes among them.</param>
/// <param name="SceneNames">The scenes at the level or above, in the order of the form.</param>
public sealed record LevelResult(
    int Level, string Name, decimal ScoreNeeded, int ScenesNeeded, int ConstrainedNeeded, int Scenes, int Constrained, IReadOnlyList<string> SceneNames, bool Reached);

/// <summary>What is missing to a level; a figure is 0 when nothing is.</summary>
public sealed record LevelDistance(int Level, string Name, decimal Score, int Scenes, int Constrained);
