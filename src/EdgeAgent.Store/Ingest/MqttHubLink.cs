using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Store.Ingest;

/// <summary>The hub's connection over an MQTT client of our own.</summary>
/// <remarks>It asks for no kept session: what the broker would queue while the hub is away, the agents send again anyhow.</remarks>
public sealed partial class MqttHubLink : IHubLink
{
    private readonly MqttClient _client;
    private HubMessageHandler? _handler;
    private Task _subscribing = Task.CompletedTask;

    public MqttHubLink(MqttClientOptions options, TimeProvider time, ILogger<MqttHubLink> log) =>
        _client = new MqttClient(options with { CleanStart = true }, time, HandleAsync, new Observer(log));

    public bool IsConnected => _client.IsConnected;

    public async Task StartAsync(IReadOnlyList<string> filters, HubMessageHandler handler, CancellationToken cancellation)
    {
        _handler = handler;
        await _client.StartAsync(cancellation);
        // Waits for the first connection, which may take as long as the broker does.
        _subscribing = _client.SubscribeAsync([.. filters.Select(f => new MqttSubscription(f))], cancellation).AsTask();
        await _subscribing;
    }

    public async ValueTask<bool> PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        await _client.WaitConnectedAsync(cancellation);
        MqttPublishResult result = await _client.PublishAsync(topic, payload, MqttQos.AtLeastOnce, retain: false, cancellation);
        return result.IsAcknowledged;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _subscribing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private ValueTask HandleAsync(MqttMessage message, CancellationToken cancellation) => _handler!(message.Topic, message.Payload, cancellation);

    private sealed class Observer(ILogger log) : MqttClientObserver
    {
        public override void Connected(MqttBrokerAddress broker, bool sessionPresent) => LogConnected(log, broker);

        public override void Disconnected(MqttBrokerAddress broker, MqttConnectionLoss loss)
        {
            if (loss.Cause != MqttLossCause.Local)
            {
                LogLost(log, broker, loss.Text);
            }
        }

        public override void ConnectFailed(MqttBrokerAddress broker, string text, TimeSpan nextTryIn) => LogFailed(log, broker, text, nextTryIn.TotalSeconds);

        public override void SubscriptionRefused(string filter, MqttReason reason) => LogRefused(log, filter, reason.Describe());

        public override void HandlerFailed(string topic, Exception exception) => LogHandler(log, topic, exception);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Hub connected to {Broker}")]
    private static partial void LogConnected(ILogger log, MqttBrokerAddress broker);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Hub lost {Broker}: {Loss}")]
    private static partial void LogLost(ILogger log, MqttBrokerAddress broker, string loss);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Hub cannot connect to {Broker}: {Problem}; next try in {Seconds:0.0} s")]
    private static partial void LogFailed(ILogger log, MqttBrokerAddress broker, string problem, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "The broker refuses the hub's subscription {Filter}: {Reason}")]
    private static partial void LogRefused(ILogger log, string filter, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Taking a message on {Topic} failed")]
    private static partial void LogHandler(ILogger log, string topic, Exception exception);
}
