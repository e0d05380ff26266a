namespace EdgeAgent.Assessment.Scoring;

/// <summary>An estimate of the subsidy at the reached level; the competent authority decides.</summary>
/// <param name="Share">Share of the investment, for instance 0.7.</param>
/// <param name="Cap">Most that is paid, in yuan.</param>
/// <param name="Investment">Eligible investment in yuan; null when the project facts do not give it.</param>
/// <param name="Amount">The smaller of share and cap, in yuan, rounded down to the fen; null without an investment.</param>
/// <param name="Text">How it comes about, for people.</param>
public sealed record SubsidyEstimate(int Level, decimal Share, decimal Cap, decimal? Investment, decimal? Amount, string Text);
