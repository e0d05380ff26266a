namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>How much a server does at once. Small ones make it behave as a PLC does.</summary>
public sealed record OpcUaServerLimits
{
    public int NodesPerReadMax { get; init; } = 10_000;

    public int NodesPerBrowseMax { get; init; } = 1_000;

    public int NodesPerTranslateMax { get; init; } = 1_000;

    public int NodesPerHistoryReadMax { get; init; } = 100;

    public int MonitoredItemsPerCallMax { get; init; } = 10_000;

    /// <summary>After so many references a continuation point is given.</summary>
    public int ReferencesPerNodeMax { get; init; } = 1_000;

    public int ContinuationPointsMax { get; init; } = 20;

    /// <summary>After so many kept values of one node a continuation point is given.</summary>
    public int HistoryValuesPerNodeMax { get; init; } = 10_000;

    public int SessionsMax { get; init; } = 200;

    public int SubscriptionsPerSessionMax { get; init; } = 100;

    public int MonitoredItemsPerSubscriptionMax { get; init; } = 100_000;

    public int PublishRequestsPerSessionMax { get; init; } = 100;

    /// <summary>The most values in one notification message.</summary>
    public int NotificationsPerPublishMax { get; init; } = 10_000;

    /// <summary>How many sent messages of a subscription are kept until they are acknowledged.</summary>
    public int RetransmissionQueueMax { get; init; } = 40;

    public int QueueSizeMax { get; init; } = 10_000;

    public double PublishingIntervalMsMin { get; init; } = 10;

    public double SamplingIntervalMsMin { get; init; } = 10;

    public double SessionTimeoutMsMin { get; init; } = 1_000;

    public double SessionTimeoutMsMax { get; init; } = 3_600_000;

    public uint ChannelLifetimeMsMin { get; init; } = 1_000;

    public uint ChannelLifetimeMsMax { get; init; } = 3_600_000;
}
