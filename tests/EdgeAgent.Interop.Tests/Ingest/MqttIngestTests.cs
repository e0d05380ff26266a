using System.Collections.Concurrent;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.Store;
using EdgeAgent.Store.Agents;
using EdgeAgent.Store.Ingest;
using EdgeAgent.Store.Sqlite;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Interop.Tests.Ingest;

/// <summary>Ingest behind a real broker: batches in, acknowledgements out, whatever happens to the broker in between.</summary>
public sealed class MqttIngestTests : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly MosquittoServer _broker = new();
    private readonly TestAgent _agent = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<BatchAck> _acks = new();
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly List<Task> _hubs = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_hubs).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (IAsyncDisposable owned in Enumerable.Reverse(_owned))
        {
            await owned.DisposeAsync();
        }

        await _broker.DisposeAsync();
        _agent.Dispose();
        _stop.Dispose();
        _directory.Dispose();
    }

    [PartnerFact("mosquitto")]
    public async Task Batches_reach_the_store_through_a_broker_that_is_killed_and_forgets()
    {
        await _broker.StartAsync();
        SqliteTimeSeriesStore store = await StoreAsync();
        IngestService ingest = Hub(store, null);
        MqttClient agent = await AgentAsync();
        StoredBatch[] batches = [.. Enumerable.Range(0, 300).Select(i => _agent.NextRamp(TestAgent.At(i * 10), 10))];
        int kills = 0;
        await UntilAcknowledgedAsync(agent, batches, async acknowledged =>
        {
            if (acknowledged > 100 * kills && kills < 2)
            {
                kills++;
                await _broker.KillAsync();
                await _broker.StartAsync();
            }
        });
        StoreTotals totals = await store.ReadTotalsAsync(null, default);
        Assert.Equal((300, 3000), (totals.Batches, totals.Readings));
        Assert.Empty(ingest.Statistics.Refused);
        Assert.Equal(2, kills);
    }

    [PartnerFact("mosquitto")]
    public async Task Two_hubs_of_a_group_share_the_batches_of_one_agent()
    {
        await _broker.StartAsync();
        SqliteTimeSeriesStore store = await StoreAsync();
        IngestService[] hubs = [Hub(store, "hubs"), Hub(store, "hubs")];
        MqttClient agent = await AgentAsync();
        await Eventually.TrueAsync(() => hubs.All(h => h.Statistics.Connected), "both hubs are there");
        StoredBatch[] batches = [.. Enumerable.Range(0, 200).Select(i => _agent.NextRamp(TestAgent.At(i * 10), 10))];
        await UntilAcknowledgedAsync(agent, batches, _ => Task.CompletedTask);
        Assert.Equal((200, 2000), ((await store.ReadTotalsAsync(null, default)).Batches, (await store.ReadTotalsAsync(null, default)).Readings));
        Assert.All(hubs, h => Assert.Empty(h.Statistics.Refused));
    }

    private async Task<SqliteTimeSeriesStore> StoreAsync()
    {
        var store = new SqliteTimeSeriesStore(new SqliteStoreOptions(_directory.File("store")), TimeProvider.System, NullLogger<SqliteTimeSeriesStore>.Instance);
        _owned.Add(store);
        await store.InitializeAsync(default);
        return store;
    }

    private IngestService Hub(ITimeSeriesStore store, string? group)
    {
        AgentRegistry registry = AgentRegistry.Open(_directory.File("hub" + _hubs.Count), TimeProvider.System);
        registry.Enrol(_agent.Key, _agent.Signer.PublicKey.Span, "test");
        MqttHubLink link = HubLinkFactory.Create(
            new MqttConnectionConfig { Brokers = [$"mqtt://127.0.0.1:{_broker.Port}"] }, TimeProvider.System, NullLoggerFactory.Instance);
        _owned.Add(link);
        var ingest = new IngestService(
            store, registry, link, new IngestOptions { RefusedDirectory = _directory.File("refused"), SharedGroup = group }, TimeProvider.System,
            NullLogger<IngestService>.Instance);
        _hubs.Add(RunAsync());
        return ingest;

        async Task RunAsync()
        {
            using (registry)
            {
                await ingest.RunAsync(_stop.Token);
            }
        }
    }

    private async Task<MqttClient> AgentAsync()
    {
        var client = new MqttClient(
            new MqttClientOptions { Brokers = [MqttBrokerAddress.Parse($"mqtt://127.0.0.1:{_broker.Port}")], BackoffMinMs = 20, BackoffMaxMs = 200 },
            TimeProvider.System,
            (message, _) =>
            {
                Assert.True(BatchAck.TryParse(message.Payload.Span, out BatchAck ack));
                _acks.Enqueue(ack);
                return default;
            });
        _owned.Add(client);
        await client.StartAsync();
        await client.SubscribeAsync([new MqttSubscription(Topics.Ack(_agent.Key.Site, _agent.Key.Agent))]);
        return client;
    }

    /// <summary>Sends what is not acknowledged, again and again, as an agent does.</summary>
    private async Task UntilAcknowledgedAsync(MqttClient agent, StoredBatch[] batches, Func<long, Task> between)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        string topic = Topics.Batch(_agent.Key.Site, _agent.Key.Agent);
        long contiguous = 0;
        while (contiguous < batches.Length)
        {
            await agent.WaitConnectedAsync(limit.Token);
            foreach (StoredBatch batch in batches.Skip((int)contiguous).Take(50))
            {
                await agent.PublishAsync(topic, batch.Signed, MqttQos.AtLeastOnce, false, limit.Token);
            }

            await Task.Delay(50, limit.Token);
            while (_acks.TryDequeue(out BatchAck? ack))
            {
                contiguous = Math.Max(contiguous, ack.Contiguous);
            }

            await between(contiguous);
        }
    }
}
