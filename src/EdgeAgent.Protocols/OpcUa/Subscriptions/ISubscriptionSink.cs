namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>Takes what a subscription brings, in the order in which the server sent it.</summary>
/// <remarks>
/// Called from the connection's event loop and from the subscription's own, never two at a time. A call must be quick, must not wait and
/// must not call the subscription back. Items are numbers: their place in the list that the subscription was made with.
/// </remarks>
public interface ISubscriptionSink
{
    /// <summary>
    /// Gives each item's node in this session. Called before items are created: at the first start, whenever the server has lost the
    /// subscription, and for items that it refused. A bad result stands for all of them and is tried again.
    /// </summary>
    ValueTask<StatusCode> ResolveAsync(Memory<NodeResolution> nodes, CancellationToken cancellation);

    /// <summary>The server took the item, or why not, with what it made of the wishes. A refused item is asked for again later.</summary>
    void OnItem(int item, StatusCode status, double revisedSamplingIntervalMs, uint revisedQueueSize);

    /// <summary>A message begins; its values follow. A keep-alive is a message without values.</summary>
    void OnMessage(DateTime publishedAt);

    void OnValue(int item, in DataValue value);

    /// <summary>All values of the message were given.</summary>
    /// <param name="isPresent">Nothing older is outstanding: every change up to the message's time was given.</param>
    void OnMessageEnd(bool isPresent);

    void OnState(SubscriptionState state, string? reason);

    /// <summary>
    /// Values may have been lost between the last that came and the next that will: so many messages, or with -1 whatever happened
    /// while the server had no such subscription.
    /// </summary>
    void OnLoss(int messages, string reason);
}
