using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>One device of one agent, at one address, bound to one asset (or to none: empty).</summary>
internal readonly record struct SourceKey(AgentKey Agent, string Device, string Driver, string Address, string Asset)
{
    /// <summary>Whether the driver only finds out that something answers.</summary>
    public bool IsProbe => Driver == "probe";
}
