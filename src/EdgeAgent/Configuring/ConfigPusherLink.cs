using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.Store;

namespace EdgeAgent.Configuring;

/// <summary>Carries the messages of <see cref="ConfigPusher"/> over the hub's broker, and listens to what agents say about themselves.</summary>
/// <remarks>A connection of its own: batches that wait for a slow store must not hold up an answer that an agent needs within minutes.</remarks>
internal sealed partial class ConfigPusherLink(
    Func<ConfigPusher> make, Func<MqttConnectionConfig> connection, RoleService roles, TimeProvider time, ILogger<ConfigPusherLink> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PublishMost = TimeSpan.FromSeconds(10);

    private volatile MqttClient? _client;
    private volatile ConfigPusher? _pusher;

    /// <summary>Null until the hub has started, or when its key cannot be used.</summary>
    public ConfigPusher? Pusher => _pusher;

    public bool IsConnected => _client is { IsConnected: true };

    /// <summary>Asks an agent for its configuration.</summary>
    /// <returns>Null when no answer came in time.</returns>
    public async Task<RemoteConfigMessage?> AskAsync(AgentKey agent, TimeSpan patience, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = new(patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            if (_pusher is not { } pusher || _client is not { } client)
            {
                return null;
            }

            (string topic, byte[] bytes, Task<RemoteConfigMessage> answer) = pusher.Ask(agent, either.Token);
            await client.PublishAsync(topic, bytes, MqttQos.AtLeastOnce, retain: false, either.Token);
            return await answer;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await roles.Started.WaitAsync(stoppingToken);
        try
        {
            _pusher = make();
        }
        catch (Exception problem) when (problem is AgentKeyException or IOException or UnauthorizedAccessException)
        {
            Off(logger, problem.Message);
            return;
        }

        MqttClientOptions options = OptionsOf(connection());
        await using MqttClient client = new(options, time, HandleAsync);
        await client.StartAsync(stoppingToken);
        _client = client;
        try
        {
            await client.SubscribeAsync(
                [new(Topics.Filter(TopicKind.ConfigAnswer)), new(Topics.Filter(TopicKind.Status)), new(Topics.Filter(TopicKind.Birth))], stoppingToken);
        }
        catch (MqttSubscribeException problem)
        {
            NotSubscribed(logger, problem.Message);
        }

        while (true)
        {
            foreach ((string topic, byte[] bytes) in client.IsConnected ? _pusher.Due() : [])
            {
                await SendAsync(client, topic, bytes, stoppingToken);
            }

            await Task.Delay(Every, time, stoppingToken);
        }
    }

    private async Task SendAsync(MqttClient client, string topic, byte[] bytes, CancellationToken stopping)
    {
        using CancellationTokenSource limit = new(PublishMost, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            await client.PublishAsync(topic, bytes, MqttQos.AtLeastOnce, retain: false, either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Sent again soon.
        }
    }

    private ValueTask HandleAsync(MqttMessage message, CancellationToken cancellation)
    {
        if (!Topics.TryParse(message.TopicText(), out string site, out string name, out TopicKind kind))
        {
            return ValueTask.CompletedTask;
        }

        AgentKey agent = new(site, name);
        switch (kind)
        {
            case TopicKind.ConfigAnswer when _pusher!.Take(agent, message.Payload.Span) is { } answer:
                // Not waited for: the handler must not wait for the connection that it is part of.
                _ = SendAsync(_client!, Topics.Config(site, name), answer, CancellationToken.None);
                break;
            case TopicKind.Status when AgentStatus.TryParse(message.Payload.Span, out AgentStatus? status):
                _pusher!.Presences.Take(agent, status, fresh: !message.Retain);
                break;
            case TopicKind.Birth when AgentBirth.TryParse(message.Payload.Span, out AgentBirth? birth):
                _pusher!.Presences.Take(agent, birth, fresh: !message.Retain);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private static MqttClientOptions OptionsOf(MqttConnectionConfig connection) => new()
    {
        Brokers = [.. connection.Brokers.Select(MqttBrokerAddress.Parse)],
        Version = (MqttVersion)connection.ProtocolVersion,
        ClientId = connection.ClientId is { } id ? $"{id}-config" : $"edgeagent-hub-config-{Guid.NewGuid():N}",
        User = connection.User,
        Password = connection.Password?.Reveal(),
        Tls = connection.Tls is { } tls
            ? new MqttTlsOptions { CaFile = tls.CaFile, CertificateFile = tls.CertificateFile, KeyFile = tls.KeyFile, PinnedSha256 = tls.PinnedSha256 }
            : null,
        CleanStart = true,
        KeepAliveSeconds = (ushort)connection.KeepAliveSeconds,
        ConnectTimeoutMs = connection.ConnectTimeoutMs,
    };

    [LoggerMessage(2, LogLevel.Error, "No configurations can be sent to agents: {Problem}")]
    private static partial void Off(ILogger logger, string problem);

    [LoggerMessage(1, LogLevel.Error, "The broker does not let the hub listen to its agents: {Problem} Agents are shown without what they say about themselves, and answers about configurations are not heard.")]
    private static partial void NotSubscribed(ILogger logger, string problem);
}
