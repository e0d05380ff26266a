using EdgeAgent.Assessment.Findings;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>What collected data say about one business scene (rule R11).</summary>
/// <param name="IsCollected">Whether data are collected automatically for the scene.</param>
/// <param name="Facts">What it rests on: points, and why others do not count.</param>
internal sealed record SceneEvidence(bool IsCollected, IReadOnlyList<BilingualText> Facts)
{
    public static SceneEvidence None { get; } = new(false, []);
}
