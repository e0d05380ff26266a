using EdgeAgent.Collector.Agent;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Commands;
using EdgeAgent.Store;
using EdgeAgent.Store.Agents;
using EdgeAgent.Store.Ingest;

namespace EdgeAgent.Web.Plant;

/// <summary>Where the plant's state comes from; what a process does not have is null or empty.</summary>
/// <param name="Config">The configuration that the process was started with.</param>
/// <param name="Version">The program's version.</param>
internal sealed record PlantSources(AppConfig Config, string Version)
{
    public string Site => Config.Site;

    /// <summary>The agent in this process; null without one and while it starts.</summary>
    public Func<AgentSnapshot?> Agent { get; init; } = () => null;

    /// <summary>The hub's store; null on a gateway.</summary>
    public ITimeSeriesStore? Store { get; init; }

    /// <summary>The hub's files; null on a gateway.</summary>
    public HubFiles? Files { get; init; }

    /// <summary>What ingest has done; null on a gateway and while it starts.</summary>
    public Func<IngestStatistics?> Ingest { get; init; } = () => null;

    /// <summary>Agents that ever introduced themselves.</summary>
    public Func<IReadOnlyList<EnrolledAgent>> Enrolled { get; init; } = () => [];

    /// <summary>Milliseconds from reading to commit, 50th and 99th percentile; NaN when nothing was stored lately.</summary>
    public Func<(double P50Ms, double P99Ms)> Lags { get; init; } = () => (double.NaN, double.NaN);

    public bool HasHub => Store is not null;

    public bool HasAgent => Config.Agent is not null;
}
