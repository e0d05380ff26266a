using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>The collecting half of the agent: the endpoints of the configuration in force and the pipeline behind them.</summary>
internal sealed class CollectorPart
{
    private readonly AgentServices _services;
    private readonly PipelineLoop _pipeline;
    private readonly ReadingBatchPool _pool;
    private readonly CancellationTokenSource _stopPipeline = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, RunningEndpoint> _endpoints = new(StringComparer.Ordinal);
    private Task _pipelineRunning = Task.CompletedTask;
    private long _droppedBefore;

    public CollectorPart(PipelineLoop pipeline, ReadingBatchPool pool, AgentServices services)
    {
        _pipeline = pipeline;
        _pool = pool;
        _services = services;
    }

    /// <summary>Fails when a loop fails through a fault of our own; never completes otherwise.</summary>
    public Task Failed => _failed.Task;

    public PipelineLoop Pipeline => _pipeline;

    /// <summary>Readings dropped because the pipeline was full.</summary>
    public long DroppedPipelineFull => _droppedBefore + Endpoints.Sum(endpoint => endpoint.Loop.Dropped);

    /// <summary>In the order of the configuration.</summary>
    public IReadOnlyList<RunningEndpoint> Endpoints { get; private set; } = [];

    public async Task StartAsync(CompiledPlant plant, long? accountedUntilTicks)
    {
        _pipelineRunning = Watch(Task.Run(() => _pipeline.RunAsync(_stopPipeline.Token)));
        await ChangeAsync(plant, _ => true, accountedUntilTicks).ConfigureAwait(false);
    }

    /// <summary>Brings another plant into force. Endpoints that stay are not touched.</summary>
    /// <param name="isChanged">Whether the endpoint of this name must be started anew.</param>
    /// <param name="accountedUntilTicks">For endpoints that did not run before.</param>
    public async Task ChangeAsync(CompiledPlant plant, Func<string, bool> isChanged, long? accountedUntilTicks)
    {
        var stays = plant.Endpoints.Select(endpoint => endpoint.Name).Where(name => !isChanged(name)).ToHashSet(StringComparer.Ordinal);
        RunningEndpoint[] leaving = [.. _endpoints.Values.Where(endpoint => !stays.Contains(endpoint.Compiled.Name))];
        Dictionary<string, long> stoppedAt = await StopAsync(leaving).ConfigureAwait(false);
        Dictionary<string, EndpointSlot> slots = plant.Endpoints.ToDictionary(
            endpoint => endpoint.Name,
            endpoint => _endpoints.TryGetValue(endpoint.Name, out RunningEndpoint? running) ? running.Slot : new EndpointSlot(endpoint.Name),
            StringComparer.Ordinal);
        long? SinceOf(string name) => stays.Contains(name) ? null : stoppedAt.TryGetValue(name, out long stopped) ? stopped : accountedUntilTicks;
        await _pipeline.UseAsync(TablesOf(plant, slots, SinceOf)).ConfigureAwait(false);

        Dictionary<string, RunningEndpoint> previous = leaving.ToDictionary(endpoint => endpoint.Compiled.Name, StringComparer.Ordinal);
        foreach ((CompiledEndpoint endpoint, int ordinal) in plant.Endpoints.Select((endpoint, ordinal) => (endpoint, ordinal)))
        {
            if (!stays.Contains(endpoint.Name))
            {
                var started = RunningEndpoint.Start(
                    endpoint, slots[endpoint.Name], _pipeline.Queue, _pool, SinceOf(endpoint.Name),
                    previous.GetValueOrDefault(endpoint.Name)?.Endpoint, ordinal, _services);
                _endpoints[endpoint.Name] = started;
                _ = Watch(started.Running);
            }
        }

        Endpoints = [.. plant.Endpoints.Select(endpoint => _endpoints[endpoint.Name])];
        foreach (RunningEndpoint left in leaving)
        {
            await left.Endpoint.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stops the endpoints, then lets the pipeline finish what they brought.</summary>
    public async Task StopAsync()
    {
        RunningEndpoint[] all = [.. _endpoints.Values];
        await StopAsync(all).ConfigureAwait(false);
        await _stopPipeline.CancelAsync().ConfigureAwait(false);
        await _pipelineRunning.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (RunningEndpoint endpoint in all)
        {
            await endpoint.Endpoint.DisposeAsync().ConfigureAwait(false);
        }

        _pipeline.Dispose();
        _stopPipeline.Dispose();
    }

    private async Task<Dictionary<string, long>> StopAsync(IReadOnlyCollection<RunningEndpoint> endpoints)
    {
        (string Name, Task<long> Stopped)[] stops = [.. endpoints.Select(endpoint => (endpoint.Compiled.Name, endpoint.StopAsync()))];
        var stoppedAt = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((string name, Task<long> stopped) in stops)
        {
            stoppedAt[name] = await stopped.ConfigureAwait(false);
        }

        foreach (RunningEndpoint endpoint in endpoints)
        {
            _droppedBefore += endpoint.Loop.Dropped;
            _endpoints.Remove(endpoint.Compiled.Name);
        }

        return stoppedAt;
    }

    private static PlantTables TablesOf(CompiledPlant plant, Dictionary<string, EndpointSlot> slots, Func<string, long?> sinceOf)
    {
        var placements = new List<EndpointPlacement>();
        int tags = 0;
        int devices = 0;
        int groups = 0;
        foreach (CompiledEndpoint endpoint in plant.Endpoints)
        {
            placements.Add(new EndpointPlacement(slots[endpoint.Name], tags, devices, groups, endpoint.Tags.Count, endpoint.Groups.Count)
            {
                SinceTicks = sinceOf(endpoint.Name),
            });
            tags += endpoint.Tags.Count;
            devices += endpoint.Devices.Count;
            groups += endpoint.Groups.Count;
        }

        var rules = new TagRule[tags];
        foreach ((CompiledEndpoint endpoint, EndpointPlacement placement) in plant.Endpoints.Zip(placements))
        {
            endpoint.Rules.CopyTo(rules, placement.TagBase);
        }

        return new PlantTables(plant.Definition, rules, placements, groups);
    }

    private Task Watch(Task running)
    {
        running.ContinueWith(
            task => _failed.TrySetException(task.Exception!.InnerExceptions),
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return running;
    }
}
