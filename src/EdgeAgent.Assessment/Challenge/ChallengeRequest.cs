using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Challenge;

/// <summary>What an assessor asks to see: a device stopped, started or otherwise changed, and the tag in which it must show.</summary>
/// <param name="Action">For instance <c>stop</c> or <c>start</c>.</param>
/// <param name="Expected">The value that the tag must take, as text; null: any other than before.</param>
/// <param name="Note">What was agreed with the people at the machine.</param>
public sealed record ChallengeRequest(SeriesKey Series, string AssetNo, string Action, string? Expected, TimeSpan Limit, string Note);
