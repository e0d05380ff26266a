using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Interop.Tests.Mqtt;

/// <summary>Clients for the tests, with short delays between attempts.</summary>
internal static class Clients
{
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    public static MqttClientOptions Options(int port, MqttVersion version = MqttVersion.V5) => new()
    {
        Brokers = [new MqttBrokerAddress("127.0.0.1", port, false)],
        Version = version,
        BackoffMinMs = 50,
        BackoffMaxMs = 500,
    };

    public static async Task<MqttClient> ConnectAsync(MqttClientOptions options, MqttMessageHandler? handler = null, ClientEvents? events = null)
    {
        var client = new MqttClient(options, TimeProvider.System, handler, events);
        await client.StartAsync();
        try
        {
            await client.WaitConnectedAsync().WaitAsync(Hang / 2);
        }
        catch (TimeoutException)
        {
            await client.DisposeAsync();
            throw new TimeoutException("no connection: " + string.Join(" | ", events?.Failures.Distinct() ?? []));
        }
        return client;
    }
}
