namespace EdgeAgent.Collector.Publishing;

/// <summary>Carries what is in the buffer to one destination and moves its cursor on when it is safe there.</summary>
public interface IPublisher : IAsyncDisposable
{
    /// <summary>Its name in the configuration, which is the name of its cursor.</summary>
    string Name { get; }

    PublisherStatistics Statistics { get; }

    /// <summary>Begins to connect and publish, and returns at once. A destination that is away is no failure.</summary>
    void Start();

    /// <summary>Tells the destination what the agent now collects.</summary>
    void Announce(PublishedPlant plant);

    /// <summary>Tries to bring out what is in the buffer until it is empty or the limit is over, and says goodbye.</summary>
    Task StopAsync(TimeSpan limit);
}
