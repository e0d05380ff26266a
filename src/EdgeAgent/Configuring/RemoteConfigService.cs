using EdgeAgent.Collector.Configuring;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;

namespace EdgeAgent.Configuring;

/// <summary>Takes configurations that a hub sends to this process's agent, where its configuration allows that.</summary>
internal sealed partial class RemoteConfigService(
    Func<AppConfig> running, RunningConfiguration configuration, RoleService roles, TimeProvider time, ILogger<RemoteConfigService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await roles.Started.WaitAsync(stoppingToken);
        if (running().Agent is not { } own)
        {
            return;
        }

        try
        {
            using EcdsaBatchSigner signer = AgentKeyFile.LoadOrCreate(own.DataDirectory);
            RemoteConfigAgent agent = new(running().Site, own.Id, own.DataDirectory, new Target(configuration), time, logger);
            await new RemoteConfigLink(running, agent, signer, time, logger).RunAsync(stoppingToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or AgentKeyException)
        {
            Off(logger, problem.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Configurations from the hub are not taken: {Problem}")]
    private static partial void Off(ILogger logger, string problem);

    private sealed class Target(RunningConfiguration configuration) : IConfigTarget
    {
        public ConfigBundle Read() => configuration.Read();

        public LoadedConfig Check(ConfigBundle bundle) => configuration.Check(bundle);

        public async Task<string?> ApplyAsync(ConfigBundle bundle, string expected, string by, string comment, CancellationToken cancellation)
        {
            ApplyResult result = await configuration.ApplyAsync(bundle, expected, by, comment, cancellation);
            return result.Status switch
            {
                ApplyStatus.Applied or ApplyStatus.Same => null,
                ApplyStatus.Conflict => "the configuration on the machine changed meanwhile",
                ApplyStatus.Invalid => string.Join(Environment.NewLine, result.Errors!),
                _ => result.Problem ?? "it could not be taken over",
            };
        }
    }
}
