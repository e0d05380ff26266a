namespace EdgeAgent.Assessment.Ledger;

/// <summary>The level that the enterprise claims for one of the business scenes (数字化经营应用场景), with its evidence.</summary>
/// <param name="Scene">Name as in the rule pack, for instance 生产管控.</param>
/// <param name="Level">0 to 4 after the project; 0: none.</param>
/// <param name="LevelBefore">Before the project, or null when not stated.</param>
public sealed record SceneLevel(string Scene, int Level, int? LevelBefore, IReadOnlyList<EvidenceReference> Evidence, string Note = "");
