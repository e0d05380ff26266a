namespace EdgeAgent.Assessment.Indicators;

/// <summary>What to assess.</summary>
/// <param name="Site">The site, or null for all sites of the store as one enterprise.</param>
/// <param name="AsOf">The report instant T; not later than now.</param>
/// <param name="Window">A length other than the rule pack's, or null.</param>
public sealed record AssessmentRequest(string? Site, DateTimeOffset AsOf, WindowLength? Window = null);
