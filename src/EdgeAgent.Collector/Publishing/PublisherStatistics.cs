namespace EdgeAgent.Collector.Publishing;

/// <summary>How a publisher is doing.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Connected">Whether there is a connection to a broker.</param>
/// <param name="Broker">Which one, or null.</param>
/// <param name="InFlight">Batches that the broker has not taken yet.</param>
/// <param name="Unacknowledged">Batches sent that the acknowledging side has not confirmed yet.</param>
/// <param name="Published">Batches that the broker has taken, repeats included.</param>
/// <param name="Repeated">Batches sent more than once.</param>
/// <param name="Acknowledged">Batches confirmed since the start.</param>
/// <param name="Refused">Batches that the hub refused and an operator must look at.</param>
/// <param name="Waiting">The hub does not answer: only now and then a batch is sent to find out.</param>
/// <param name="LastProblem">The last thing that went wrong, for people; null when nothing did.</param>
public sealed record PublisherStatistics(
    string Name,
    bool Connected,
    string? Broker,
    int InFlight,
    int Unacknowledged,
    long Published,
    long Repeated,
    long Acknowledged,
    int Refused,
    bool Waiting,
    string? LastProblem)
{
    /// <summary>Batches in the buffer that it has not passed.</summary>
    public long Lag { get; init; }

    /// <summary>Readings that the buffer gave up before this publisher had passed them, since the start.</summary>
    public long DiscardedReadings { get; init; }

    /// <summary>Readings that it could not publish because their batch could not be read, since the start.</summary>
    public long PassedOver { get; init; }
}
