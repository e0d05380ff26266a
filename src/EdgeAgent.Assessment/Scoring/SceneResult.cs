using EdgeAgent.Assessment.Findings;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>One of the 16 business scenes of 数字化经营.</summary>
/// <param name="Order">1 to 16, in the order of the form.</param>
/// <param name="Constrained">约束性场景, marked with an asterisk on the form.</param>
/// <param name="Level">Level given by a person, 0 when none is reached or none is given.</param>
/// <param name="Source">Typed, or missing.</param>
/// <param name="SupportedLevel">The highest level whose demand for collected data is met by what was observed; null when data say nothing about the scene.</param>
/// <param name="Facts">What was observed for the scene.</param>
/// <param name="Evidence">References into the evidence index.</param>
/// <param name="Problems">Why the level is not accepted; empty when it is.</param>
public sealed record SceneResult(
    int Order,
    string Name,
    bool Constrained,
    int Level,
    AnswerSource Source,
    int? SupportedLevel,
    IReadOnlyList<BilingualText> Facts,
    IReadOnlyList<string> Evidence,
    IReadOnlyList<BilingualText> Problems);
