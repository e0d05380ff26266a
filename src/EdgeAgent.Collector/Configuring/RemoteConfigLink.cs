using System.Text.Json;
using System.Threading.Channels;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Configuring;

/// <summary>Brings messages about the configuration from the broker to <see cref="RemoteConfigAgent"/> and its answers back.</summary>
/// <remarks>A connection of its own to the broker of the first publisher of batches: it is made anew whenever the configuration names another one,
/// so that a confirmation proves the connection that a new configuration describes.</remarks>
/// <param name="running">The configuration in force.</param>
/// <param name="signer">The agent's key; used by nobody else.</param>
public sealed class RemoteConfigLink(Func<AppConfig> running, RemoteConfigAgent agent, IBatchSigner signer, TimeProvider time, ILogger logger)
{
    /// <summary>More waiting messages are thrown away: a hub sends again.</summary>
    private const int WaitingMax = 4;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SayAgainEvery = TimeSpan.FromSeconds(5);

    private readonly Channel<byte[]> _messages = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropWrite });
    private RemoteConfigMessage? _toSay;
    private long _saidAt;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            AppConfig config = running();
            if (config.Agent is { RemoteConfiguration.Allow: true } own && PublisherOf(own) is { } publisher)
            {
                await RunConnectionAsync(config.Site, own, publisher, stop).ConfigureAwait(false);
            }
            else if (agent.IsOnTrial)
            {
                await TickAsync(stop).ConfigureAwait(false);
            }

            await Task.Delay(Every, time, stop).ConfigureAwait(false);
        }
    }

    private async Task RunConnectionAsync(string site, AgentConfig own, PublisherConfig publisher, CancellationToken stop)
    {
        MqttClient client;
        try
        {
            client = new MqttClient(OptionsOf(site, own, publisher), time, HandleAsync);
        }
        catch (ArgumentException problem)
        {
            logger.RemoteConfigOff(problem.Message);
            return;
        }

        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using (client.ConfigureAwait(false))
        {
            Task subscribed = SubscribeAsync(client, Topics.Config(site, own.Id), leaving.Token);
            string answers = Topics.ConfigAnswer(site, own.Id);
            while (!stop.IsCancellationRequested && IsStill(publisher, running()))
            {
                await TickAsync(stop).ConfigureAwait(false);
                if (_messages.Reader.TryRead(out byte[]? message))
                {
                    await TakeAsync(message, stop).ConfigureAwait(false);
                    // What was just taken may name another broker: the answer goes over that one.
                    continue;
                }

                await SayAsync(client, answers, stop).ConfigureAwait(false);
                await WaitAsync(stop).ConfigureAwait(false);
            }

            await leaving.CancelAsync().ConfigureAwait(false);
            await subscribed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeAsync(byte[] message, CancellationToken stop)
    {
        try
        {
            _toSay = await agent.HandleAsync(message, running().Agent!.RemoteConfiguration!, stop).ConfigureAwait(false) ?? _toSay;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            logger.RemoteConfigOff(problem.Message);
        }
    }

    private async Task TickAsync(CancellationToken stop)
    {
        try
        {
            _toSay = await agent.TickAsync(stop).ConfigureAwait(false) ?? _toSay;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            logger.RemoteConfigStuck(problem.Message);
        }
    }

    private async Task SayAsync(MqttClient client, string topic, CancellationToken stop)
    {
        if (_toSay is null && agent.IsOnTrial && time.GetElapsedTime(_saidAt) >= SayAgainEvery)
        {
            _toSay = agent.TrialAnswer();
        }

        if (_toSay is not { } message || !client.IsConnected)
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(SayAgainEvery);
        try
        {
            MqttPublishResult result = await client.PublishAsync(topic, RemoteConfigEnvelope.Seal(message, signer), MqttQos.AtLeastOnce, retain: false, limit.Token)
                .ConfigureAwait(false);
            if (result.IsAcknowledged)
            {
                _toSay = null;
                _saidAt = time.GetTimestamp();
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The broker is slow or gone; it is said again.
        }
    }

    private async Task SubscribeAsync(MqttClient client, string topic, CancellationToken stop)
    {
        await client.StartAsync(stop).ConfigureAwait(false);
        while (true)
        {
            try
            {
                await client.SubscribeAsync([new MqttSubscription(topic)], stop).ConfigureAwait(false);
                return;
            }
            catch (MqttSubscribeException problem)
            {
                logger.RemoteConfigOff($"the broker does not let this agent subscribe to {topic}: {problem.Message}");
                await Task.Delay(TimeSpan.FromMinutes(1), time, stop).ConfigureAwait(false);
            }
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        using var tick = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task delay = Task.Delay(Every, time, tick.Token);
        await Task.WhenAny(delay, _messages.Reader.WaitToReadAsync(tick.Token).AsTask()).ConfigureAwait(false);
        await tick.CancelAsync().ConfigureAwait(false);
    }

    private ValueTask HandleAsync(MqttMessage message, CancellationToken cancellation)
    {
        if (message.Payload.Length <= RemoteConfigMessage.BytesMax)
        {
            _messages.Writer.TryWrite(message.Payload.ToArray());
        }
        else
        {
            logger.RemoteConfigIgnored($"it has {message.Payload.Length:N0} bytes; at most {RemoteConfigMessage.BytesMax:N0} are taken");
        }

        return ValueTask.CompletedTask;
    }

    private static bool IsStill(PublisherConfig publisher, AppConfig config) =>
        config.Agent is { RemoteConfiguration.Allow: true } own && PublisherOf(own) is { } now && (ReferenceEquals(publisher, now) || TextOf(publisher) == TextOf(now));

    /// <summary>The hub's broker is where the batches go.</summary>
    private static PublisherConfig? PublisherOf(AgentConfig agent) => agent.Publishers.FirstOrDefault(static p => p.Format == PublishFormat.Batch);

    private static string TextOf(PublisherConfig publisher) => JsonSerializer.Serialize(publisher, ConfigJson.Default.PublisherConfig);

    private static MqttClientOptions OptionsOf(string site, AgentConfig own, PublisherConfig publisher) => new()
    {
        Brokers = [.. publisher.Brokers.Select(MqttBrokerAddress.Parse)],
        Version = (MqttVersion)publisher.ProtocolVersion,
        ClientId = $"{publisher.ClientId ?? $"edgeagent-{site}-{own.Id}"}-config",
        User = publisher.User,
        Password = publisher.Password?.Reveal(),
        Tls = publisher.Tls is { } tls
            ? new MqttTlsOptions { CaFile = tls.CaFile, CertificateFile = tls.CertificateFile, KeyFile = tls.KeyFile, PinnedSha256 = tls.PinnedSha256 }
            : null,
        CleanStart = true,
        KeepAliveSeconds = (ushort)publisher.KeepAliveSeconds,
        ConnectTimeoutMs = publisher.ConnectTimeoutMs,
    };
}
