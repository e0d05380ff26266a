using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Collector.Publishing;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Agent;

/// <summary>The agent: collects from devices, buffers on disk, publishes. The program creates, starts, reloads and stops it.</summary>
/// <remarks>Start, reload and stop follow one another; snapshots may be taken at any time between start and stop.</remarks>
public sealed class AgentRuntime : IAsyncDisposable
{
    private readonly AgentServices _services;
    private readonly ILogger _logger;
    private readonly BufferBatchLog _log;
    private readonly EcdsaBatchSigner _signer;
    private readonly CollectorPart _collector;
    private readonly PublisherPart _publishers;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private AppConfig _config;
    private CompiledPlant _plant;
    private bool _started;
    private bool _stopped;

    private AgentRuntime(AppConfig config, CompiledPlant plant, BatchBuffer buffer, EcdsaBatchSigner signer, AgentServices services)
    {
        AgentConfig agent = config.Agent!;
        services = services with { StateDirectory = Path.Combine(agent.DataDirectory, "drivers") };
        _config = config;
        _plant = plant;
        _log = new BufferBatchLog(buffer);
        _signer = signer;
        _services = services;
        _logger = services.Loggers.CreateLogger<AgentRuntime>();
        var pool = new ReadingBatchPool(BatchesKeptIdle);
        var frontier = new DueFrontier(services.Time);
        var writer = new BatchWriter(
            _log, new BatchIdentity(config.Site, agent.Id, signer), new BatchSizes(agent.ReadingsPerBatchMax),
            frontier, services.Time, services.Loggers.CreateLogger<BatchWriter>());
        var pipeline = new PipelineLoop(writer, frontier, pool, agent.FlushIntervalMs, services.Time);
        _collector = new CollectorPart(pipeline, pool, services);
        _publishers = new PublisherPart(
            new PublisherIdentity(config.Site, agent.Id, services.Version, signer.PublicKey)
            {
                StateDirectory = Path.Combine(agent.DataDirectory, "publishers"),
            },
            services, () => AgentHealths.Of(Snapshot(), services.Time));
    }

    /// <summary>Enough for the scans of ten thousand endpoints between two strides of the pipeline.</summary>
    private const int BatchesKeptIdle = 2048;

    /// <summary>A longer stop than this is not booked hour by hour: no assessment looks back further.</summary>
    private static readonly TimeSpan DownTimeMost = TimeSpan.FromDays(400);

    /// <summary>Fails when the agent cannot go on; never completes otherwise.</summary>
    public Task Running => _collector.Failed;

    /// <summary>The agent's public key, SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> PublicKey => _signer.PublicKey;

    /// <summary>Checks the configuration with the drivers and opens key and buffer. Touches no device and no network.</summary>
    /// <exception cref="AgentStartException">The configuration is wrong, or the data directory cannot be used.</exception>
    public static AgentRuntime Create(AppConfig config, AgentServices services)
    {
        AgentConfig agent = config.Agent ?? throw new ArgumentException("The configuration has no agent.", nameof(config));
        var errors = new ConfigErrors();
        if (PlantCompiler.Compile(agent, services.Drivers, errors) is not { } plant)
        {
            throw new AgentStartException("The configuration of the agent is wrong.", errors);
        }

        try
        {
            Directory.CreateDirectory(agent.DataDirectory);
            DataDirectoryOwner.Claim(agent.DataDirectory, config.Site, agent.Id);
            EcdsaBatchSigner signer = AgentKeyFile.LoadOrCreate(agent.DataDirectory);
            return new AgentRuntime(config, plant, OpenBuffer(agent, plant, services), signer, services);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or AgentKeyException or BufferInUseException)
        {
            throw new AgentStartException(exception.Message, inner: exception);
        }
    }

    public async Task StartAsync(CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _publishers.Start(_config.Agent!.Publishers, _log.Buffer, PublishedPlants.Of(_plant));
            await _collector.StartAsync(_plant, DownSince()).ConfigureAwait(false);
            _started = true;
            _logger.AgentStarted(_config.Agent.Id, _plant.Endpoints.Count, _plant.Definition.Devices.Count, _plant.Definition.Tags.Count);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Brings another configuration into force, touching only what differs. A wrong one changes nothing.</summary>
    public async Task<ReloadResult> ReloadAsync(AppConfig config, CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_stopped || !_started, this);
            var errors = new ConfigErrors();
            if (config.Agent is null || PlantCompiler.Compile(config.Agent, _services.Drivers, errors) is not { } plant)
            {
                return new ReloadResult(false, errors, [], [], NeedsRestart: config.Agent is null);
            }

            ReloadResult result = await ApplyAsync(config, plant).ConfigureAwait(false);
            GiveMemoryBack();
            _logger.AgentReloaded(result.Restarted.Count, result.Kept.Count, result.NeedsRestart);
            return result;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Stops in the order in which readings flow: endpoints, pipeline, a last try of the publishers, buffer.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!_stopped)
            {
                _stopped = true;
                await _collector.StopAsync().ConfigureAwait(false);
                await _publishers.StopAsync(_services.LastTryMost).ConfigureAwait(false);
                await _log.Buffer.DisposeAsync().ConfigureAwait(false);
                _signer.Dispose();
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Completes when the pipeline has come round and the buffer's writer has answered, whatever devices and brokers do.</summary>
    public async Task ProveAliveAsync(CancellationToken cancellation)
    {
        await _collector.Pipeline.NextTurnAsync().WaitAsync(cancellation).ConfigureAwait(false);
        await _log.Buffer.FlushAsync().WaitAsync(cancellation).ConfigureAwait(false);
    }

    public AgentSnapshot Snapshot() => AgentSnapshots.Take(_config, _collector, _publishers, _log.Buffer);

    /// <summary>Reads tags now, over a connection of its own, without buffering anything.</summary>
    /// <param name="device">Only this device; null reads all.</param>
    /// <param name="tag">Only this tag; null reads all.</param>
    public Task<IReadOnlyList<TestReadResult>> TestReadAsync(string? device, string? tag, CancellationToken cancellation) =>
        TestReader.ReadAsync(_config.Agent!, _services, device, tag, cancellation);

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);

    private static BatchBuffer OpenBuffer(AgentConfig agent, CompiledPlant plant, AgentServices services)
    {
        var options = new BufferOptions
        {
            Directory = Path.Combine(agent.DataDirectory, BatchBuffer.DirectoryName),
            Durability = agent.Buffer.Durability,
            SizeBytesMax = agent.Buffer.SizeBytesMax,
            AgeMax = TimeSpan.FromHours(agent.Buffer.AgeHoursMax),
            Cursors = [.. agent.Publishers.Select(publisher => publisher.Name)],
            DueSince = from => DueSince(plant, from, services),
        };
        return BatchBuffer.Open(options, services.Time, services.Loggers.CreateLogger<BatchBuffer>());
    }

    private async Task<ReloadResult> ApplyAsync(AppConfig config, CompiledPlant plant)
    {
        ConfigDiff diff = ConfigDiff.Between(_config, config);
        HashSet<string> touched = ReloadScope.EndpointsTouchedBy(diff, _config.Agent!, config.Agent!);
        bool plantChanged = touched.Count > 0 || !plant.Definition.ConfigHash.Span.SequenceEqual(_plant.Definition.ConfigHash.Span);
        _config = config;
        if (plantChanged)
        {
            await _collector.ChangeAsync(plant, touched.Contains, accountedUntilTicks: null).ConfigureAwait(false);
            _plant = plant;
            _publishers.Announce(PublishedPlants.Of(plant));
        }

        await ChangePublishersAsync(diff.Publishers).ConfigureAwait(false);
        return new ReloadResult(
            true, [], [.. touched], [.. plant.Endpoints.Select(endpoint => endpoint.Name).Where(name => !touched.Contains(name))],
            diff.Agent || diff.Site);
    }

    /// <summary>Another set of publishers needs another set of cursors, which a buffer has from its opening on: it is closed and
    /// opened between two batches, while the endpoints go on.</summary>
    private async Task ChangePublishersAsync(ItemChanges changes)
    {
        AgentConfig agent = _config.Agent!;
        PublishedPlant plant = PublishedPlants.Of(_plant);
        if (changes.Added.Count + changes.Removed.Count == 0)
        {
            await _publishers.RestartAsync(
                agent.Publishers.Where(publisher => changes.Changed.Contains(publisher.Name)), _log.Buffer, plant).ConfigureAwait(false);
            return;
        }

        await _publishers.StopAsync(TimeSpan.Zero).ConfigureAwait(false);
        await _collector.Pipeline.PauseForAsync(async () =>
        {
            await _log.Buffer.DisposeAsync().ConfigureAwait(false);
            _log.Buffer = OpenBuffer(agent, _plant, _services);
        }).ConfigureAwait(false);
        _publishers.Start(agent.Publishers, _log.Buffer, plant);
    }

    /// <summary>Reading a configuration leaves several times its size behind, and a quiet agent would not collect that for hours:
    /// 10,000 tags take 105 MB without this and 91 MB with it.</summary>
    private static void GiveMemoryBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private static RestoredGap DueSince(CompiledPlant plant, long fromTicks, AgentServices services)
    {
        long now = UnixTicks.Now(services.Time);
        services.Loggers.CreateLogger<AgentRuntime>().Restored(UnixTicks.ToDateTimeOffset(fromTicks));
        return DueWhileAway.Count(plant, Math.Clamp(fromTicks, now - DownTimeMost.Ticks, now), now);
    }

    private long? DownSince()
    {
        long now = UnixTicks.Now(_services.Time);
        if (_log.Buffer.AccountedUntilTicks is not { } until)
        {
            return null;
        }

        if (now > until)
        {
            _logger.WasDown(UnixTicks.ToDateTimeOffset(until), TimeSpan.FromTicks(now - until));
        }

        return Math.Clamp(until, now - DownTimeMost.Ticks, now);
    }
}
