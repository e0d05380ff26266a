namespace EdgeAgent.Store.Forward;

/// <summary>What became of copies since the start.</summary>
/// <param name="Sent">Readings that the target took.</param>
/// <param name="Dropped">Readings that it did not get: it was away for longer than the queue lasts, or refused them.</param>
/// <param name="Problem">Why it takes nothing now, or null.</param>
public sealed record ForwardStatistics(string Name, long Sent, long Dropped, string? Problem);
