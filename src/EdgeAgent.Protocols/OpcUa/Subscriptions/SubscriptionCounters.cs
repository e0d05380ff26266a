namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>The running counts behind <see cref="SubscriptionStatistics"/>.</summary>
internal sealed class SubscriptionCounters
{
    public long Messages;
    public long Values;
    public long KeepAlives;
    public long Repeated;
    public long Recovered;
    public long Lost;
    public long Broken;
    public long Renumbered;
    public long Overflows;
    public long Unknown;
    public long Older;
    public long Silences;
    public long Resumed;
    public long Transferred;
    public long Recreated;

    public SubscriptionStatistics Snapshot() => new(
        Messages, Values, KeepAlives, Repeated, Recovered, Lost, Broken, Renumbered, Overflows, Unknown, Older, Silences, Resumed, Transferred, Recreated);
}
