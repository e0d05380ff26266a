using EdgeAgent.Store;

namespace EdgeAgent.Web.Plant;

/// <summary>Whether the store answers, since when it does not, and what it held when it last did.</summary>
/// <param name="DownSince">Null while it answers.</param>
/// <param name="Totals">Null before it was read once.</param>
/// <param name="ReadAt">When the totals were read.</param>
internal sealed record StoreStanding(bool Available, DateTimeOffset? DownSince, string? Problem, StoreTotals? Totals, DateTimeOffset? ReadAt)
{
    public static StoreStanding Unknown { get; } = new(true, null, null, null, null);

    public StoreStanding Up(StoreTotals totals, DateTimeOffset now) => new(true, null, null, totals, now);

    public StoreStanding Down(string problem, DateTimeOffset now) => this with { Available = false, DownSince = DownSince ?? now, Problem = problem };
}
