using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using EdgeAgent.Core.Batches;
using EdgeAgent.Store.Agents;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Store.Ingest;

/// <summary>Takes batches from the broker to the store: receive, check, commit in groups, acknowledge. README.md beside it tells the rules.</summary>
/// <remarks>Four stages with bounded queues between them. When the store is down the queues fill, the socket is no longer read,
/// the broker and then the agents wait, and nothing is lost because nothing is acknowledged.</remarks>
public sealed partial class IngestService
{
    /// <summary>What a waiting message costs beyond its payload.</summary>
    private const int MessageOverheadBytes = 256;

    /// <summary>What a checked batch costs beyond its readings, in readings (32 bytes).</summary>
    private const int BatchOverheadReadings = 64;

    /// <summary>Emptied decoders kept for reuse, and how many readings one may have grown to: 64 MB at most.</summary>
    private const int LeasesKept = 64;
    private const int LeaseReadingsMax = 32_768;

    private readonly ITimeSeriesStore _store;
    private readonly AgentRegistry _registry;
    private readonly IHubLink _link;
    private readonly IngestOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly IngestCounters _counters;
    private readonly AckBook _acks = new();
    private readonly ChainMemory _chains = new();
    private readonly DefinitionCache _definitions;
    private readonly Refusals _refusals;
    private readonly Budget _queueBudget;
    private readonly Budget _groupBudget;
    private readonly Channel<IncomingMessage> _incoming = Channel.CreateUnbounded<IncomingMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<BatchLease> _checked = Channel.CreateUnbounded<BatchLease>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly ConcurrentBag<BatchLease> _idle = [];

    public IngestService(ITimeSeriesStore store, AgentRegistry registry, IHubLink link, IngestOptions options, TimeProvider time, ILogger<IngestService> log)
    {
        _store = store;
        _registry = registry;
        _link = link;
        _options = options;
        _time = time;
        _log = log;
        _counters = new IngestCounters(time);
        _definitions = new DefinitionCache(store);
        _refusals = new Refusals(_acks, _counters, new RefusedFolder(options, time, log), log);
        _queueBudget = new Budget(options.QueueBytesMax);
        _groupBudget = new Budget(2L * options.GroupReadingsMax);
    }

    public IngestStatistics Statistics => _counters.Snapshot(_queueBudget.Held, _link.IsConnected);

    /// <summary>Runs until cancelled. Throws what needs a person: a damaged store, a fault of the program. A store or broker that is
    /// down is waited for.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await InitializeStoreAsync(cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] stages =
        [
            Task.Run(() => CheckAsync(stop.Token), CancellationToken.None),
            Task.Run(() => CommitAsync(stop.Token), CancellationToken.None),
            Task.Run(() => new AckSender(_store, _link, _acks, _options, _time, _log).RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => ReceiveAsync(stop.Token), CancellationToken.None),
            Task.Run(() => new AgentNotes(_registry, _counters, _time).RunAsync(stop.Token), CancellationToken.None),
        ];
        Task first = await Task.WhenAny(stages);
        await stop.CancelAsync();
        await Task.WhenAll(stages).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!cancellation.IsCancellationRequested)
        {
            await first;
        }
    }

    private async Task InitializeStoreAsync(CancellationToken cancellation)
    {
        var pause = new RetryPause(_options, _time);
        while (true)
        {
            try
            {
                await _store.InitializeAsync(cancellation);
                return;
            }
            catch (StoreUnavailableException e)
            {
                _counters.StoreDown(e.Message);
                LogNoStore(_log, e.Message);
                await pause.WaitAsync(cancellation);
            }
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        string batches = Topics.Filter(TopicKind.Batch);
        // Births go to every hub of a group: each decides by its own registry, and shared subscriptions bring no retained messages.
        await _link.StartAsync(
            [Topics.Filter(TopicKind.Birth), _options.SharedGroup is { } group ? Topics.Shared(group, batches) : batches, .. StatusFilters], OnMessageAsync, cancellation);
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation);
    }

    private async ValueTask OnMessageAsync(ReadOnlyMemory<byte> topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        if (!Topics.TryParse(Encoding.UTF8.GetString(topic.Span), out string site, out string agent, out TopicKind kind)
            || kind is not (TopicKind.Batch or TopicKind.Birth or TopicKind.Status))
        {
            return;
        }

        if (kind == TopicKind.Status)
        {
            TakeStatus(new AgentKey(site, agent), payload.Span);
            return;
        }

        await _queueBudget.TakeAsync(payload.Length + MessageOverheadBytes, cancellation);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, payload.Length));
        payload.CopyTo(buffer);
        _incoming.Writer.TryWrite(new IncomingMessage(kind, new AgentKey(site, agent), buffer, payload.Length));
    }

    private async Task CheckAsync(CancellationToken cancellation)
    {
        using var verifier = new BatchVerifier(_registry, _store, _definitions, _chains, _options.Limits);
        await foreach (IncomingMessage message in _incoming.Reader.ReadAllAsync(cancellation))
        {
            if (message.Kind == TopicKind.Birth)
            {
                TakeBirth(message);
                _queueBudget.Give(message.Length + MessageOverheadBytes);
                message.Return();
                continue;
            }

            BatchLease lease = _idle.TryTake(out BatchLease? idle) ? idle : new BatchLease();
            lease.Message = message;
            Verdict verdict = await VerifyAsync(verifier, lease, cancellation);
            _queueBudget.Give(message.Length + MessageOverheadBytes);
            if (verdict == Verdict.Accepted)
            {
                await _groupBudget.TakeAsync(CostOf(lease), cancellation);
                _checked.Writer.TryWrite(lease);
                continue;
            }

            if (verdict.Refusal is not null)
            {
                _refusals.Refuse(lease, verdict);
            }
            else
            {
                _refusals.Hold(message.Agent, verdict);
            }

            Return(lease);
        }
    }

    private async ValueTask<Verdict> VerifyAsync(BatchVerifier verifier, BatchLease lease, CancellationToken cancellation)
    {
        RetryPause? pause = null;
        while (true)
        {
            try
            {
                return await verifier.VerifyAsync(lease, cancellation);
            }
            catch (StoreUnavailableException e)
            {
                _counters.StoreDown(e.Message);
                pause ??= new RetryPause(_options, _time);
                await pause.WaitAsync(cancellation);
            }
        }
    }

    private async Task CommitAsync(CancellationToken cancellation)
    {
        var committer = new GroupCommitter(_store, _acks, _chains, _counters, _refusals, _options, _time, _log);
        var group = new List<BatchLease>();
        while (await _checked.Reader.WaitToReadAsync(cancellation))
        {
            int readings = 0;
            while (group.Count < _options.GroupBatchesMax && readings < _options.GroupReadingsMax && _checked.Reader.TryRead(out BatchLease? lease))
            {
                group.Add(lease);
                readings += lease.Batch!.Readings.Count;
            }

            await committer.CommitAsync(group, cancellation);
            foreach (BatchLease lease in group)
            {
                _groupBudget.Give(CostOf(lease));
                Return(lease);
            }

            group.Clear();
        }
    }

    /// <summary>Statuses are asked for only where somebody looks at them.</summary>
    private string[] StatusFilters => _options.Observer is null ? [] : [Topics.Filter(TopicKind.Status)];

    /// <summary>Of agents that were let in; a stranger's status would only fill memory.</summary>
    private void TakeStatus(AgentKey agent, ReadOnlySpan<byte> payload)
    {
        if (_options.Observer is { } observer && _registry.Find(agent) is { Status: EnrolmentStatus.Approved } && AgentStatus.TryParse(payload, out AgentStatus? status))
        {
            observer.Told(agent, status);
        }
    }

    private void TakeBirth(IncomingMessage message)
    {
        if (!AgentBirth.TryParse(message.Payload.Span, out AgentBirth? birth) || birth.Site != message.Agent.Site || birth.Agent != message.Agent.Agent)
        {
            if (message.Length > 0)
            {
                LogBadBirth(_log, message.Agent.Site, message.Agent.Agent, "it cannot be read, or names another agent than its topic");
            }

            return;
        }

        try
        {
            EnrolledAgent? before = _registry.Find(message.Agent);
            EnrolledAgent agent = _registry.Introduce(message.Agent, Convert.FromBase64String(birth.PublicKey), birth.TokenProof, _options.EnrolmentTokens);
            _registry.Describe(message.Agent, birth.Version, birth.ConfigHash);
            LogIntroduced(before, agent);
            if (agent.Status == EnrolmentStatus.Approved && agent.NewKey is null)
            {
                _definitions.Add(message.Agent, birth);
                _options.Observer?.Introduced(message.Agent, birth);
            }
        }
        catch (Exception e) when (e is CryptographicException or FormatException or SqliteException)
        {
            LogBadBirth(_log, message.Agent.Site, message.Agent.Agent, e.Message);
        }
    }

    private void LogIntroduced(EnrolledAgent? before, EnrolledAgent agent)
    {
        (string site, string name) = (agent.Agent.Site, agent.Agent.Agent);
        if (agent.NewKey is not null && before?.NewKey is null)
        {
            LogNewKey(_log, site, name, EnrolledAgent.FingerprintOf(agent.NewKey));
        }
        else if (agent.Status != before?.Status || agent.Note != before.Note)
        {
            LogStatus(_log, site, name, agent.Status, agent.Fingerprint, agent.Note);
        }
    }

    private static long CostOf(BatchLease lease) => lease.Batch!.Readings.Count + BatchOverheadReadings;

    private void Return(BatchLease lease)
    {
        lease.Message.Return();
        lease.Message = default;
        lease.Batch = null;
        if (_idle.Count < LeasesKept && lease.Decoded.Readings.Count <= LeaseReadingsMax)
        {
            _idle.Add(lease);
        }
    }
}
