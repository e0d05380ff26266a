namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>What a subscription counted since it was made.</summary>
/// <param name="Messages">Messages with notifications, each once.</param>
/// <param name="Values">Values in them.</param>
/// <param name="KeepAlives">Messages that only said that the server is alive.</param>
/// <param name="Repeated">Messages that had come before and were passed over.</param>
/// <param name="Recovered">Messages that were missing and could be had again.</param>
/// <param name="Lost">Messages that were missing and could not.</param>
/// <param name="Broken">Messages that could not be read to their end.</param>
/// <param name="Renumbered">Times that the server began to count its messages anew.</param>
/// <param name="Overflows">Values behind which the server's queue had been too short.</param>
/// <param name="Unknown">Values of items that are not ours, and notifications of kinds that were not asked for.</param>
/// <param name="Older">Values that a new start repeated although newer ones had come.</param>
/// <param name="Silences">Times that the server fell silent over a connection that stood.</param>
/// <param name="Resumed">Times that the same session went on after a lost connection.</param>
/// <param name="Transferred">Times that a new session took the subscription over.</param>
/// <param name="Recreated">Times that it had to be made anew; what happened meanwhile is not known.</param>
public readonly record struct SubscriptionStatistics(
    long Messages, long Values, long KeepAlives, long Repeated, long Recovered, long Lost, long Broken, long Renumbered, long Overflows, long Unknown,
    long Older, long Silences, long Resumed, long Transferred, long Recreated);
