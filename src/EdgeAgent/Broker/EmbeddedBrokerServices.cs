using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Broker;

/// <summary>Adds the embedded broker to a host.</summary>
internal static class EmbeddedBrokerServices
{
    /// <summary>Starts with the host's services and stops in reverse order: add it before those that connect to it.</summary>
    public static IServiceCollection AddEmbeddedBroker(this IServiceCollection services, BrokerConfig config)
    {
        services.AddSingleton(provider => new EmbeddedBroker(
            config, provider.GetService<TimeProvider>() ?? TimeProvider.System, provider.GetRequiredService<ILoggerFactory>()));
        services.AddHostedService(static provider => provider.GetRequiredService<EmbeddedBroker>());
        return services;
    }
}
