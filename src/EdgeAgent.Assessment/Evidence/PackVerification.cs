using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Assessment.Findings;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>What a verification found.</summary>
/// <param name="Manifest">Null when the pack is so damaged that it could not be read.</param>
/// <param name="Problems">Every disagreement; empty when the pack holds.</param>
/// <param name="Result">The figures as they were computed again; empty when they could not be.</param>
/// <param name="Notes">What was believed without proof, for the reader to weigh.</param>
public sealed record PackVerification(
    PackManifest? Manifest, string ManifestSha256, IReadOnlyList<PackProblem> Problems, IReadOnlyList<BilingualText> Notes, long Batches, int Devices, BilingualText Result)
{
    /// <summary>Live challenges in it, by who asked.</summary>
    public ChallengeCounts Challenges { get; init; } = ChallengeCounts.None;

    public bool Holds => Problems.Count == 0;
}
