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
    private readonly BatchBuffer _buffer;
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
        _config = config;
        _plant = plant;
        _buffer = buffer;
        _signer = signer;
        _services = services;
        _logger = services.Loggers.CreateLogger<AgentRuntime>();
        var pool = new ReadingBatchPool(BatchesKeptIdle);
        var frontier = new DueFrontier(services.Time);
        var writer = new BatchWriter(
            new BufferBatchLog(buffer), new BatchIdentity(config.Site, agent.Id, signer), new BatchSizes(agent.ReadingsPerBatchMax),
            frontier, services.Time, services.Loggers.CreateLogger<BatchWriter>());
        var pipeline = new PipelineLoop(writer, frontier, pool, agent.FlushIntervalMs, services.Time);
        _collector = new CollectorPart(pipeline, pool, services);
        _publishers = new PublisherPart(
            new PublisherIdentity(config.Site, agent.Id, services.Version, signer.PublicKey), buffer, services);
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
            EcdsaBatchSigner signer = AgentKeyFile.LoadOrCreate(agent.DataDirectory);
            BatchBuffer buffer = BatchBuffer.Open(BufferOptionsOf(agent), services.Time, services.Loggers.CreateLogger<BatchBuffer>());
            return new AgentRuntime(config, plant, buffer, signer, services);
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
            _publishers.Start(_config.Agent!.Publishers, PublishedPlants.Of(_plant));
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
                await _publishers.StopAsync().ConfigureAwait(false);
                await _buffer.DisposeAsync().ConfigureAwait(false);
                _signer.Dispose();
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    public AgentSnapshot Snapshot() => AgentSnapshots.Take(_config, _collector, _publishers, _buffer);

    /// <summary>Reads tags now, over a connection of its own, without buffering anything.</summary>
    /// <param name="device">Only this device; null reads all.</param>
    /// <param name="tag">Only this tag; null reads all.</param>
    public Task<IReadOnlyList<TestReadResult>> TestReadAsync(string? device, string? tag, CancellationToken cancellation) =>
        TestReader.ReadAsync(_config.Agent!, _services, device, tag, cancellation);

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);

    private static BufferOptions BufferOptionsOf(AgentConfig agent) => new()
    {
        Directory = Path.Combine(agent.DataDirectory, BatchBuffer.DirectoryName),
        Durability = agent.Buffer.Durability,
        SizeBytesMax = agent.Buffer.SizeBytesMax,
        AgeMax = TimeSpan.FromHours(agent.Buffer.AgeHoursMax),
        Cursors = [.. agent.Publishers.Select(publisher => publisher.Name)],
    };

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

        await _publishers.ChangeAsync(config.Agent!.Publishers, diff.Publishers).ConfigureAwait(false);
        return new ReloadResult(
            true, [], [.. touched], [.. plant.Endpoints.Select(endpoint => endpoint.Name).Where(name => !touched.Contains(name))],
            diff.Agent || diff.Site);
    }

    private long? DownSince()
    {
        long now = UnixTicks.Now(_services.Time);
        if (_buffer.AccountedUntilTicks is not { } until)
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
