using EdgeAgent.Broker;
using EdgeAgent.Commands;
using EdgeAgent.Configuring;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting.Telemetry;

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
        services.AddHostedService(provider => new StartupMemory(provider.GetRequiredService<RoleService>(), options.Time));
        services.AddSingleton(provider => new EdgeStatus(
            config.Site, provider.GetService<AgentRole>(), provider.GetService<HubRole>(), provider.GetRequiredService<RoleService>(), options.Time));
        if (config.Telemetry.Otlp is { } otlp)
        {
            string instance = config.Agent is { } agent ? $"{config.Site}/{agent.Id}" : $"{config.Site}/hub";
            services.AddHostedService(provider => new OtlpExport(
                otlp, instance, provider.GetRequiredService<EdgeStatus>(), options.Time, provider.GetRequiredService<ILogger<OtlpExport>>()));
        }

        if (config.Web is not null)
        {
            PlantHosting.Add(services, config, options.Time);
        }

        if (options.ReloadFrom is { } file)
        {
            services.AddSingleton(provider => new ConfigReload(
                config, provider.GetRequiredService<RoleService>(), logging => SetLevels(levels, logging, options), provider.GetRequiredService<ILogger<ConfigReload>>()));
            services.AddSingleton(provider => new ConfigWatch(
                loaded, () => ConfigLoading.Load(file), provider.GetRequiredService<ConfigReload>().ApplyAsync, options.Time, provider.GetRequiredService<ILogger<ConfigWatch>>()));
            services.AddHostedService(provider => provider.GetRequiredService<ConfigWatch>());
            services.AddSingleton(provider => new RunningConfiguration(
                file, provider.GetRequiredService<ConfigWatch>().ReloadNowAsync, () => OnlineOf(provider), options.Time));
        }

        AddConfiguring(services, config, options);
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

    /// <summary>Sending configurations to agents, and taking them from a hub.</summary>
    private static void AddConfiguring(IServiceCollection services, AppConfig config, EdgeHostOptions options)
    {
        if (config.Hub is { } hub)
        {
            services.AddSingleton(provider => new ConfigPusherLink(
                () => new ConfigPusher(
                    AgentKeyFile.LoadOrCreate(hub.DataDirectory, HubFiles.PrivateKeyName, HubFiles.PublicKeyName),
                    () => provider.GetRequiredService<HubRole>().Registry, new PushBook(hub.DataDirectory), options.Time, provider.GetRequiredService<ILogger<ConfigPusher>>()),
                () => provider.GetRequiredService<HubRole>().Connection, provider.GetRequiredService<RoleService>(),
                options.Time, provider.GetRequiredService<ILogger<ConfigPusherLink>>()));
            services.AddHostedService(provider => provider.GetRequiredService<ConfigPusherLink>());
        }

        if (config.Agent is not null && options.ReloadFrom is not null)
        {
            services.AddHostedService(provider => new RemoteConfigService(
                () => provider.GetRequiredService<ConfigReload>().Running, provider.GetRequiredService<RunningConfiguration>(),
                provider.GetRequiredService<RoleService>(), options.Time, provider.GetRequiredService<ILogger<RemoteConfigService>>()));
        }
    }

    private static void SetLevels(LogLevels levels, LoggingConfig logging, EdgeHostOptions options) => levels.Set(
        LevelOf(logging.Level, options),
        logging.Devices.ToDictionary(device => device.Key, device => LevelOf(device.Value, options)));

    /// <remarks>The configuration's names are the framework's own, in the same order.</remarks>
    private static LogLevel LevelOf(LogLevelName name, EdgeHostOptions options) =>
        (LogLevel)Math.Max((int)name, (int)options.LevelLeast);
}
