using System.Text;
using System.Threading.Channels;
using EdgeAgent.Core.Batches;
using EdgeAgent.Store.Ingest;
using EdgeAgent.Store.Tests.StoreContract;

namespace EdgeAgent.Store.Tests.Ingest;

/// <summary>A broker in memory: hands messages to ingest as a client would, and keeps what ingest publishes.</summary>
internal sealed class LoopLink : IHubLink
{
    private readonly TaskCompletionSource<HubMessageHandler> _handler = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<(string Topic, BatchAck Ack)> _acks = Channel.CreateUnbounded<(string, BatchAck)>();
    private TaskCompletionSource _publishAllowed = new();

    public LoopLink() => _publishAllowed.SetResult();

    public bool IsConnected => true;

    public IReadOnlyList<string> Filters { get; private set; } = [];

    public Task StartAsync(IReadOnlyList<string> filters, HubMessageHandler handler, CancellationToken cancellation)
    {
        Filters = filters;
        _handler.TrySetResult(handler);
        return Task.CompletedTask;
    }

    /// <summary>From here on publishing waits, as with a broker that is away.</summary>
    public void HoldPublishing() => _publishAllowed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask<bool> PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        await _publishAllowed.Task.WaitAsync(cancellation);
        Assert.True(BatchAck.TryParse(payload.Span, out BatchAck ack));
        _acks.Writer.TryWrite((topic, ack));
        return true;
    }

    public async Task SendAsync(string topic, byte[] payload)
    {
        // The handler must not keep the memory: spoil it afterwards.
        byte[] copy = [.. payload];
        await (await _handler.Task)(Encoding.UTF8.GetBytes(topic), copy, CancellationToken.None);
        copy.AsSpan().Fill(0xEE);
    }

    public Task SendAsync(StoredBatch batch) => SendAsync(Topics.Batch(batch.Agent.Site, batch.Agent.Agent), batch.Signed.ToArray());

    public Task SendBirthAsync(TestAgent agent, string? token = null)
    {
        byte[] key = agent.Signer.PublicKey.ToArray();
        var devices = agent.Definition.Devices.Select((d, i) => new BirthDevice(d.Name, d.Driver, d.Address, d.Asset, "live",
            [.. agent.Definition.Tags.Where(t => t.DeviceId == i).Select(t => new BirthTag(t.Name, t.Kind.ToString(), t.Unit, t.IntervalMs, t.DecimalPlaces))])).ToList();
        var birth = new AgentBirth(agent.Key.Site, agent.Key.Agent, "1.0", Convert.ToBase64String(key),
            token is null ? null : EnrolmentProof.Create(token, key), Convert.ToHexStringLower(agent.Definition.ConfigHash.Span), agent.Incarnation, devices);
        return SendAsync(Topics.Birth(agent.Key.Site, agent.Key.Agent), birth.ToUtf8());
    }

    /// <summary>The next acknowledgement that fits, whatever comes before it.</summary>
    public async Task<BatchAck> AckAsync(Func<BatchAck, bool> fits)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        BatchAck? last = null;
        try
        {
            while (true)
            {
                (_, last) = await _acks.Reader.ReadAsync(limit.Token);
                if (fits(last))
                {
                    return last;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No such acknowledgement; the last one was {last}.");
        }
    }

    public bool HasAcks => _acks.Reader.TryPeek(out _);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
