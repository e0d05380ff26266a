using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Store;
using EdgeAgent.Web.Plant;

namespace EdgeAgent.Hosting;

/// <summary>Connects the plant's state for pages to the roles of the process, before they start.</summary>
internal static class PlantHosting
{
    public static void Add(IServiceCollection services, AppConfig config, TimeProvider time)
    {
        services.AddSingleton(provider => Create(provider, config, time));
        services.AddHostedService(provider => provider.GetRequiredService<PlantState>());
    }

    private static PlantState Create(IServiceProvider provider, AppConfig config, TimeProvider time)
    {
        (AgentRole? agent, HubRole? hub, RoleService roles) = (provider.GetService<AgentRole>(), provider.GetService<HubRole>(), provider.GetRequiredService<RoleService>());
        PlantState plant = new(
            new PlantSources(config, ProgramVersion.Text)
            {
                Agent = () => agent is not null && roles.HasStarted ? agent.Snapshot() : null,
                Store = hub?.Store,
                Files = config.Hub is { } files ? new HubFiles("the configuration", config.Site, files, time) : null,
                Ingest = () => hub?.Ingest,
                Enrolled = () => hub?.Registry?.List() ?? [],
                Lags = () => hub?.Store.ReadLags() ?? (double.NaN, double.NaN),
            },
            time, provider.GetRequiredService<ILogger<PlantState>>());
        if (hub is not null)
        {
            hub.Observer = plant.Watch;
            hub.Store.Committed = (StoredBatch batch) => plant.Board.Take(batch);
        }

        return plant;
    }
}
