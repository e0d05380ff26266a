using EdgeAgent.Broker;
using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Hosting;

/// <summary>What a process consists of, in the order in which it starts.</summary>
internal static class EdgeServices
{
    public static void Add(IServiceCollection services, ILoggingBuilder logging, LoadedConfig loaded, AppConfig config, EdgeHostOptions options)
    {
        LogLevels levels = new();
        SetLevels(levels, config.Logging, options);
        LogOutput.Add(logging, levels, config.Logging.Format == LogFormat.Json, options.LogToError);
        services.AddSingleton(options.Time);
        services.AddSingleton<IHostLifetime, ExternalLifetime>();
        AddBrokerAndHub(services, config);
        if (config.Agent is not null)
        {
            services.AddSingleton(provider => new AgentRole(
                config, provider.GetService<HubRole>(), options.Time, provider.GetRequiredService<ILoggerFactory>()));
        }

        services.AddSingleton(provider => new RoleService(
            [.. ((IEnumerable<IRole?>)[provider.GetService<HubRole>(), provider.GetService<AgentRole>()]).OfType<IRole>()],
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<ILogger<RoleService>>()));
        services.AddHostedService(provider => provider.GetRequiredService<RoleService>());
        services.AddSingleton(provider => new EdgeStatus(
            config.Site, provider.GetService<AgentRole>(), provider.GetService<HubRole>(), provider.GetRequiredService<RoleService>(), options.Time));
        if (config.Web is not null)
        {
            PlantHosting.Add(services, config, options.Time);
        }

        if (options.ReloadFrom is { } file)
        {
            services.AddSingleton(provider => Watch(provider, loaded, config, file, levels, options));
            services.AddHostedService(provider => provider.GetRequiredService<ConfigWatch>());
            services.AddSingleton(provider => new RunningConfiguration(
                file, provider.GetRequiredService<ConfigWatch>().ReloadNowAsync, () => OnlineOf(provider), options.Time));
        }
    }

    private static Dictionary<string, bool> OnlineOf(IServiceProvider provider) =>
        provider.GetService<AgentRole>() is { } agent && provider.GetRequiredService<RoleService>().HasStarted
            ? agent.Snapshot().Devices.ToDictionary(static device => device.Name, static device => device.Online, StringComparer.Ordinal)
            : [];

    private static void AddBrokerAndHub(IServiceCollection services, AppConfig config)
    {
        HubBroker? beside = config.Broker is { } embedded && config.Hub is { Broker: null } ? HubBroker.Beside(embedded) : null;
        if (config.Broker is { } broker)
        {
            services.AddEmbeddedBroker(beside?.Broker ?? broker);
        }

        if (config.Hub is { } hub)
        {
            services.AddSingleton(provider => new HubRole(
                hub,
                () => hub.Broker ?? beside!.Connection(provider.GetRequiredService<EmbeddedBroker>()),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILoggerFactory>()));
        }
    }

    private static ConfigWatch Watch(
        IServiceProvider provider, LoadedConfig loaded, AppConfig config, string file, LogLevels levels, EdgeHostOptions options)
    {
        ConfigReload reload = new(
            config,
            provider.GetRequiredService<RoleService>(),
            logging => SetLevels(levels, logging, options),
            provider.GetRequiredService<ILogger<ConfigReload>>());
        return new ConfigWatch(loaded, () => ConfigLoading.Load(file), reload.ApplyAsync, options.Time, provider.GetRequiredService<ILogger<ConfigWatch>>());
    }

    private static void SetLevels(LogLevels levels, LoggingConfig logging, EdgeHostOptions options) => levels.Set(
        LevelOf(logging.Level, options),
        logging.Devices.ToDictionary(device => device.Key, device => LevelOf(device.Value, options)));

    /// <remarks>The configuration's names are the framework's own, in the same order.</remarks>
    private static LogLevel LevelOf(LogLevelName name, EdgeHostOptions options) =>
        (LogLevel)Math.Max((int)name, (int)options.LevelLeast);
}
