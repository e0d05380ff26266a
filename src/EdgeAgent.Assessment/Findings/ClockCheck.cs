using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Findings;

/// <summary>How far an agent's clock was from the hub's in the window, by when its batches were made and when they were stored.</summary>
/// <param name="Samples">Batches looked at.</param>
/// <param name="LeastLagTicks">Least time from making to storing; negative when the agent's clock was ahead.</param>
/// <param name="MostLagTicks">The same of the worst hour: each hour's freshest batch tells, because others may have waited for a connection.</param>
/// <param name="JumpTicks">Most that the agent's clock went back between a batch and a later one; 0 when it never did.</param>
internal sealed record ClockCheck(AgentKey Agent, int Samples, long LeastLagTicks, long MostLagTicks, long JumpTicks, BatchTimes Worst)
{
    /// <summary>Fewer batches tell nothing about a clock: the agent may have sent late.</summary>
    private const int SamplesMin = 3;

    /// <summary>Whether every batch of the window was made by a clock that is wrong by more than the pack allows.</summary>
    public bool IsWrongThroughout(RulePack pack) =>
        Samples >= SamplesMin && (MostLagTicks < -Limit(pack) || LeastLagTicks > Limit(pack));

    /// <summary>Whether the clock was wrong at any time.</summary>
    public bool IsWrong(RulePack pack) => LeastLagTicks < -Limit(pack) || JumpTicks > Limit(pack) || IsWrongThroughout(pack);

    /// <summary>One check for each agent that has batches of the window.</summary>
    public static IReadOnlyList<ClockCheck> Of(IEnumerable<AgentChain> chains, ObservationWindow window)
    {
        (long from, long to) = (window.FromHour * UnixTicks.PerHour, UnixTicks.From(window.To));
        List<ClockCheck> checks = [];
        foreach (IGrouping<AgentKey, AgentChain> agent in chains.GroupBy(c => c.Agent).OrderBy(g => g.Key.Site, StringComparer.Ordinal).ThenBy(g => g.Key.Agent, StringComparer.Ordinal))
        {
            BatchTimes[] times = [.. agent.SelectMany(c => c.Times).Where(t => (t.CreatedTicks >= from && t.CreatedTicks < to) || (t.StoredTicks >= from && t.StoredTicks < to))];
            if (times.Length > 0)
            {
                long jump = agent.Max(c => Jump([.. c.Times.OrderBy(t => t.Sequence)]));
                BatchTimes worst = times.MaxBy(t => Math.Abs(t.StoredTicks - t.CreatedTicks));
                long most = times.GroupBy(t => UnixTicks.HourOf(t.StoredTicks)).Max(hour => hour.Min(Lag));
                checks.Add(new ClockCheck(agent.Key, times.Length, times.Min(Lag), most, jump, worst));
            }
        }

        return checks;
    }

    private static long Limit(RulePack pack) => pack.ClockSkewMinutes * TimeSpan.TicksPerMinute;

    private static long Lag(BatchTimes t) => t.StoredTicks - t.CreatedTicks;

    private static long Jump(BatchTimes[] ordered)
    {
        long jump = 0;
        for (int i = 1; i < ordered.Length; i++)
        {
            jump = Math.Max(jump, ordered[i - 1].CreatedTicks - ordered[i].CreatedTicks);
        }

        return jump;
    }
}
