using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Commands.Bench.Mqtt;

/// <summary>Clients for the MQTT scenario.</summary>
internal static class BenchClient
{
    public const int PayloadSizeBytes = 1024;

    public static async Task<MqttClient> ConnectAsync(
        int port, BenchContext context, MqttMessageHandler? handler = null, Func<MqttClientOptions, MqttClientOptions>? change = null)
    {
        var options = new MqttClientOptions { Brokers = [new MqttBrokerAddress("127.0.0.1", port, false)], InFlightMax = PublishLoad.InFlight };
        var client = new MqttClient(change?.Invoke(options) ?? options, context.Time, handler);
        await client.StartAsync(context.Cancellation);
        await client.WaitConnectedAsync(context.Cancellation);
        return client;
    }

    /// <summary>Publishes messages of 1 KiB until the count is reached, as many at a time as the window takes.</summary>
    public static async Task FillAsync(MqttClient client, byte[] topic, int count)
    {
        byte[] payload = new byte[PayloadSizeBytes];
        int left = count;
        await Task.WhenAll(Enumerable.Range(0, PublishLoad.InFlight).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                MqttPublishResult result = await client.PublishAsync(topic, payload);
                if (!result.IsAcknowledged)
                {
                    throw CommandFailure.Failed($"the broker did not take a message: {result.Status}, {result.Reason}");
                }
            }
        }));
    }
}
