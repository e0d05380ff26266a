namespace EdgeAgent.Assessment.Evidence;

/// <summary>What a verification found.</summary>
/// <param name="Manifest">Null when the pack is so damaged that it could not be read.</param>
/// <param name="Problems">Every disagreement; empty when the pack holds.</param>
/// <param name="Notes">What was believed without proof, for the reader to weigh.</param>
public sealed record PackVerification(
    PackManifest? Manifest, string ManifestSha256, IReadOnlyList<PackProblem> Problems, IReadOnlyList<string> Notes, long Batches, int Devices, string Result)
{
    public bool Holds => Problems.Count == 0;
}
