using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.EveryDriver.Peers;

/// <summary>A sensor that publishes to the plant's broker ten times a second; what vanishes is the agent's way to the broker.</summary>
internal sealed class MqttPeer : Peer
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private TcpProxy _way = null!;
    private Task _sending = Task.CompletedTask;
    private volatile Mood _mood;

    /// <summary>The one source, as JSON.</summary>
    public required string Source { get; init; }

    /// <summary>What it publishes, by its mood and the number of the message; null publishes nothing.</summary>
    public required Func<Mood, int, (string Topic, byte[] Payload)?> Message { get; init; }

    public override Task StartAsync(int brokerPort)
    {
        _way = new TcpProxy(brokerPort);
        Settings = $$"""{"brokers":["mqtt://127.0.0.1:{{_way.Port}}"],"connectTimeoutMs":2000,"sources":[{{Source}}]}""";
        _sending = Task.Run(() => SendAsync(brokerPort));
        return Task.CompletedTask;
    }

    public override Task BecomeAsync(Mood mood)
    {
        _mood = mood;
        _way.Refuse = mood == Mood.Vanished;
        if (mood == Mood.Vanished)
        {
            _way.Cut();
        }

        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _way.DisposeAsync();
        _stop.Dispose();
    }

    private async Task SendAsync(int brokerPort)
    {
        await using var client = new MqttClient(
            new MqttClientOptions { Brokers = [new MqttBrokerAddress("127.0.0.1", brokerPort, UseTls: false)] }, TimeProvider.System);
        await client.StartAsync(_stop.Token);
        await client.WaitConnectedAsync(_stop.Token);
        for (int number = 0; ; number++)
        {
            if (Message(_mood, number) is { } message)
            {
                await client.PublishAsync(message.Topic, message.Payload, cancellationToken: _stop.Token);
            }

            await Task.Delay(Beat, _stop.Token);
        }
    }
}
