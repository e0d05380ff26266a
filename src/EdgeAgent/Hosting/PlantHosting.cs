using EdgeAgent.Alarms;
using EdgeAgent.Alarms.Notify;
using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Store;
using EdgeAgent.Web;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Plant;
using EdgeAgent.Web.Plant.Live;
using EdgeAgent.Web.Plant.Overview;

namespace EdgeAgent.Hosting;

/// <summary>Connects the plant's state for pages to the roles of the process, before they start.</summary>
internal static class PlantHosting
{
    public static void Add(IServiceCollection services, AppConfig config, TimeProvider time)
    {
        services.AddSingleton(provider => Create(provider, config, time));
        services.AddHostedService(provider => provider.GetRequiredService<PlantState>());
        services.AddSingleton(provider => CreateAlarms(provider, config, time));
        services.AddHostedService(provider => provider.GetRequiredService<AlarmEngine>());
    }

    /// <summary>The endpoints of plant and alarms.</summary>
    public static void Map(ApiBuilder api, IServiceProvider services, TimeProvider time)
    {
        (PlantState plant, AlarmEngine alarms) = (services.GetRequiredService<PlantState>(), services.GetRequiredService<AlarmEngine>());
        LiveHub live = new(
            plant, () => OverviewWriter.Write(plant, alarms.Counts), () => alarms.Version,
            open => LiveMessage.Of(
                "alarms", new LiveAlarmsView(alarms.Counts, [.. alarms.Open.Take(PageRequest.LimitMax).Select(alarm => open ? alarm.WithoutPeople() : alarm)]), AlarmJson.Default.LiveAlarmsView),
            time, services.GetRequiredService<ILogger<LiveHub>>());
        api.MapPlant(plant, live, () => OverviewWriter.Write(plant, alarms.Counts));
        api.MapAlarms(alarms);
    }

    private static AlarmEngine CreateAlarms(IServiceProvider provider, AppConfig config, TimeProvider time)
    {
        string directory = Path.Combine(WebDirectory.Of(config), "alarms");
        return new AlarmEngine(
            provider.GetRequiredService<PlantState>(), new AlarmFile(directory), new AlarmHistory(directory), new AlarmNotifier(new AlarmSender(config.Site, time), time), time,
            provider.GetRequiredService<ILogger<AlarmEngine>>());
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
