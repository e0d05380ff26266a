using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Publishing;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Agent;

/// <summary>The publishing half of the agent. Knows nothing of devices, so that a change here never touches one.</summary>
/// <param name="health">How the agent fares, for destinations that want to know.</param>
internal sealed class PublisherPart(PublisherIdentity identity, AgentServices services, Func<AgentHealth> health)
{
    private readonly Dictionary<string, IPublisher> _publishers = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _order = [];

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

    /// <param name="buffer">The buffer, opened with a cursor for each of them.</param>
    public void Start(IReadOnlyList<PublisherConfig> configs, BatchBuffer buffer, PublishedPlant plant)
    {
        foreach (PublisherConfig config in configs)
        {
            Start(config, buffer, plant);
        }

        lock (_publishers)
        {
            _order = [.. configs.Select(config => config.Name)];
        }
    }

    public void Announce(PublishedPlant plant)
    {
        foreach (IPublisher publisher in _publishers.Values)
        {
            publisher.Announce(plant);
        }
    }

    /// <summary>Starts those of these names anew with their new settings.</summary>
    public async Task RestartAsync(IEnumerable<PublisherConfig> configs, BatchBuffer buffer, PublishedPlant plant)
    {
        foreach (PublisherConfig config in configs)
        {
            IPublisher before = _publishers[config.Name];
            await before.StopAsync(TimeSpan.Zero).ConfigureAwait(false);
            await before.DisposeAsync().ConfigureAwait(false);
            Start(config, buffer, plant);
        }
    }

    /// <summary>Stops every publisher, side by side.</summary>
    /// <param name="lastTryMost">How long they may try to bring out what is in the buffer.</param>
    public async Task StopAsync(TimeSpan lastTryMost)
    {
        IPublisher[] all;
        lock (_publishers)
        {
            all = [.. _publishers.Values];
            _publishers.Clear();
            _order = [];
        }

        await Task.WhenAll(all.Select(publisher => publisher.StopAsync(lastTryMost))).ConfigureAwait(false);
        foreach (IPublisher publisher in all)
        {
            await publisher.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Start(PublisherConfig config, BatchBuffer buffer, PublishedPlant plant)
    {
        IPublisher publisher = PublisherFactory.Create(config, identity, buffer, services.Time, services.Loggers, health);
        publisher.Announce(plant);
        publisher.Start();
        lock (_publishers)
        {
            _publishers[config.Name] = publisher;
        }
    }
}
