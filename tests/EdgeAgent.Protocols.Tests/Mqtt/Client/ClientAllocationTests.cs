using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.Mqtt.Client;

/// <summary>Publishing and receiving allocate nothing in the steady state. Nothing else may run meanwhile: allocation is counted for the process.</summary>
[CollectionDefinition(nameof(ClientAllocationTests), DisableParallelization = true)]
[Collection(nameof(ClientAllocationTests))]
public sealed class ClientAllocationTests
{
    private const int Messages = 20_000;

    // What timers, the pool's threads and tiered compilation take beside the messages, over the whole run.
    private const long BesideBytes = Messages * 2L;

    [Fact]
    public async Task Publishing_QoS_1_allocates_nothing_per_message()
    {
        using var peer = new LoopbackPeer(1024);
        await using MqttClient client = await ConnectAsync(peer, null);
        byte[] topic = "t"u8.ToArray();
        byte[] payload = new byte[1024];
        Task Run(int count) => Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < count / 50; i++)
            {
                Assert.True((await client.PublishAsync(topic, payload)).IsAcknowledged);
            }
        })));
        await Run(Messages);
        Assert.InRange(await LeastAsync(() => Run(Messages)), 0, BesideBytes);
    }

    [Fact]
    public async Task Receiving_QoS_1_allocates_nothing_per_message()
    {
        using var peer = new LoopbackPeer(1024);
        int received = 0;
        await using MqttClient client = await ConnectAsync(peer, (_, _) =>
        {
            received++;
            return default;
        });
        byte[] topic = "t"u8.ToArray();
        async Task Run()
        {
            int target = Volatile.Read(ref received) + Messages;
            peer.Send(Messages);
            await client.PublishAsync(topic, default);
            await Eventually.TrueAsync(() => Volatile.Read(ref received) >= target, "all arrive");
        }
        await Run();
        Assert.InRange(await LeastAsync(Run), 0, BesideBytes);
    }

    /// <summary>The least of some runs: what the test runner allocates beside one of them does not count.</summary>
    private static async Task<long> LeastAsync(Func<Task> run)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await run();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        return least;
    }

    private static async Task<MqttClient> ConnectAsync(LoopbackPeer peer, MqttMessageHandler? handler)
    {
        var client = new MqttClient(
            new MqttClientOptions { Brokers = [new("127.0.0.1", peer.Port, false)], Version = MqttVersion.V311 }, TimeProvider.System, handler);
        await client.StartAsync();
        await client.WaitConnectedAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return client;
    }
}
