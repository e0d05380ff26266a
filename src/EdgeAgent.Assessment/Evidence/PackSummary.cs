using EdgeAgent.Assessment.Findings;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>What an export made.</summary>
/// <param name="ManifestSha256">Names the pack; the next one refers to it.</param>
/// <param name="Warnings">What the person who hands the pack on should know.</param>
public sealed record PackSummary(PackManifest Manifest, string ManifestSha256, long Bytes, IReadOnlyList<BilingualText> Warnings);
