using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Challenge;

/// <summary>What a live challenge came to.</summary>
/// <param name="Id">Sequence of the request in the challenge log.</param>
/// <param name="Before">The value before the request; empty when there was none.</param>
/// <param name="After">The value that showed the change; empty when none came.</param>
/// <param name="ObservedTicks">Source time of the change.</param>
/// <param name="LatencyMs">From the request to the source time of the change; null when none came.</param>
public sealed record ChallengeOutcome(long Id, bool Observed, string Before, string After, long? ObservedTicks, double? LatencyMs, Provenance? Provenance);
