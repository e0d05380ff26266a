using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Publishing;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Agent;

/// <summary>The publishing half of the agent. Knows nothing of devices, so that a change here never touches one.</summary>
internal sealed class PublisherPart(PublisherIdentity identity, BatchBuffer buffer, AgentServices services)
{
    private readonly Dictionary<string, IPublisher> _publishers = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _order = [];
    private PublishedPlant? _plant;

    public IReadOnlyList<PublisherStatistics> Statistics
    {
        get
        {
            lock (_publishers)
            {
                return [.. _order.Select(name => _publishers[name].Statistics)];
            }
        }
    }

    public void Start(IReadOnlyList<PublisherConfig> configs, PublishedPlant plant)
    {
        _plant = plant;
        foreach (PublisherConfig config in configs)
        {
            Start(config);
        }

        _order = [.. configs.Select(config => config.Name)];
    }

    public void Announce(PublishedPlant plant)
    {
        _plant = plant;
        foreach (IPublisher publisher in _publishers.Values)
        {
            publisher.Announce(plant);
        }
    }

    /// <summary>Starts, stops and replaces publishers.</summary>
    public async Task ChangeAsync(IReadOnlyList<PublisherConfig> configs, ItemChanges changes)
    {
        foreach (string name in changes.Removed.Concat(changes.Changed))
        {
            IPublisher publisher = _publishers[name];
            await publisher.StopAsync(TimeSpan.Zero).ConfigureAwait(false);
            await publisher.DisposeAsync().ConfigureAwait(false);
            lock (_publishers)
            {
                _publishers.Remove(name);
                _order = [.. _order.Where(other => other != name)];
            }
        }

        foreach (PublisherConfig config in configs.Where(config => changes.Added.Contains(config.Name) || changes.Changed.Contains(config.Name)))
        {
            Start(config);
        }

        lock (_publishers)
        {
            _order = [.. configs.Select(config => config.Name)];
        }
    }

    /// <summary>Gives every publisher, side by side, a last try.</summary>
    public async Task StopAsync()
    {
        IPublisher[] all = [.. _publishers.Values];
        await Task.WhenAll(all.Select(publisher => publisher.StopAsync(services.LastTryMost))).ConfigureAwait(false);
        foreach (IPublisher publisher in all)
        {
            await publisher.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Start(PublisherConfig config)
    {
        IPublisher publisher = PublisherFactory.Create(config, identity, buffer, services.Time, services.Loggers);
        publisher.Announce(_plant!);
        publisher.Start();
        lock (_publishers)
        {
            _publishers.Add(config.Name, publisher);
        }
    }
}
