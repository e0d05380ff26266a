using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using EdgeAgent.Collector.Tests.Publishing.Sparkplug.Wire;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.Protocols.Sparkplug;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Publishing.Sparkplug;

/// <summary>A host application: takes everything under spBv1.0, tells its state, and commands.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly MqttClient _client;
    private readonly ConcurrentQueue<HostMessage> _messages = new();

    public TestHost(string broker, MqttVersion version = MqttVersion.V5)
    {
        _client = new MqttClient(
            new MqttClientOptions { Brokers = [MqttBrokerAddress.Parse(broker)], Version = version, BackoffMinMs = 20, BackoffMaxMs = 50 }, TimeProvider.System, HandleAsync);
    }

    /// <summary>Everything that came from nodes, in order.</summary>
    public IReadOnlyList<HostMessage> Messages => [.. _messages];

    public async Task<TestHost> StartAsync()
    {
        await _client.StartAsync();
        await _client.SubscribeAsync([new MqttSubscription($"{SparkplugTopic.Namespace}/#")]);
        return this;
    }

    public bool IsConnected => _client.IsConnected;

    public IReadOnlyList<HostMessage> Of(string kind) => [.. _messages.Where(message => message.Kind == kind)];

    public Task UntilAsync(string kind, int count = 1) => Eventually.TrueAsync(() => Of(kind).Count >= count, $"{count} {kind}, not {string.Join("; ", Messages)}");

    /// <summary>Values told of a metric by alias or name, in the order in which they came.</summary>
    public IReadOnlyList<MetricMessage> DataOf(string device, ulong alias) =>
        [.. Of("DDATA").Where(message => message.Device == device).SelectMany(message => message.Payload.Metrics).Where(metric => metric.Alias == alias)];

    public Task StateAsync(string host, bool online, long timestampMs) => PublishAsync(
        SparkplugHostState.TopicOf(host),
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"online":{{(online ? "true" : "false")}},"timestamp":{{timestampMs}}}""")),
        retain: true);

    public Task AskForRebirthAsync(string group, string node) => PublishAsync(SparkplugTopic.CommandTo(group, node), RebirthCommand.Encode(1), retain: false);

    public async Task PublishAsync(string topic, byte[] payload, bool retain)
    {
        // A broker that a test stops may go just now; the host says it to the next one.
        MqttPublishStatus status;
        do
        {
            await _client.WaitConnectedAsync();
            status = (await _client.PublishAsync(topic, payload, MqttQos.AtLeastOnce, retain)).Status;
        }
        while (status == MqttPublishStatus.ConnectionLost);

        Assert.Equal(MqttPublishStatus.Acknowledged, status);
    }

    public async ValueTask DisposeAsync() => await _client.DisposeAsync();

    private ValueTask HandleAsync(MqttMessage message, CancellationToken cancellation)
    {
        string topic = message.TopicText();
        if (!topic.Contains("/STATE/", StringComparison.Ordinal) && !topic.Contains("CMD/", StringComparison.Ordinal))
        {
            byte[] bytes = message.Payload.ToArray();
            _messages.Enqueue(new HostMessage(topic, message.Qos, message.Retain, bytes, PayloadMessage.Parser.ParseFrom(bytes)));
        }

        return default;
    }
}
