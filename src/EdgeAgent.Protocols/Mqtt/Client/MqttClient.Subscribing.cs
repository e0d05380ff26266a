namespace EdgeAgent.Protocols.Mqtt.Client;

public sealed partial class MqttClient
{
    private readonly Dictionary<string, MqttSubscription> _subscriptions = [];

    /// <summary>
    /// Subscribes and keeps the subscriptions: they are asked for again after each reconnect. Without a connection the call
    /// waits for one.
    /// </summary>
    /// <exception cref="MqttSubscribeException">The broker refused some of them; those are not kept.</exception>
    public async ValueTask SubscribeAsync(IReadOnlyList<MqttSubscription> subscriptions, CancellationToken cancellationToken = default)
    {
        foreach (MqttSubscription subscription in subscriptions)
        {
            if (!MqttTopic.IsFilter(subscription.Filter))
            {
                throw new ArgumentException($"\"{subscription.Filter}\" is not a topic filter: '+' must fill a level, '#' must be the last level.");
            }
        }
        IReadOnlyList<MqttReason> reasons = await RequestAsync(
            connection => connection.Requests.Subscribe(subscriptions, connection.Outgoing.Filling, _time.GetTimestamp()), cancellationToken).ConfigureAwait(false);
        var refused = new List<string>();
        lock (_subscriptions)
        {
            for (int i = 0; i < subscriptions.Count; i++)
            {
                MqttReason reason = i < reasons.Count ? reasons[i] : MqttReason.ProtocolError;
                if (reason.IsFailure())
                {
                    refused.Add($"\"{subscriptions[i].Filter}\": {reason.Describe()}");
                    continue;
                }
                _subscriptions[subscriptions[i].Filter] = subscriptions[i];
            }
        }
        if (refused.Count > 0)
        {
            throw new MqttSubscribeException($"the broker refused {refused.Count} of {subscriptions.Count} subscriptions: {string.Join(", ", refused)}; "
                + "check the broker's access rules for this client");
        }
    }

    /// <summary>Gives subscriptions up.</summary>
    public async ValueTask UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken = default)
    {
        lock (_subscriptions)
        {
            foreach (string filter in filters)
            {
                _subscriptions.Remove(filter);
            }
        }
        await RequestAsync(
            connection => connection.Requests.Unsubscribe(filters, connection.Outgoing.Filling, _time.GetTimestamp()), cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<MqttReason>> RequestAsync(
        Func<MqttConnection, Task<IReadOnlyList<MqttReason>>> send, CancellationToken cancellationToken)
    {
        while (true)
        {
            await WaitConnectedAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await SendRequest(Volatile.Read(ref _connection), send).WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (MqttConnectionLostException)
            {
                // Asked again over the next connection.
                await Task.Yield();
            }
        }
    }

    private Task<IReadOnlyList<MqttReason>> SendRequest(MqttConnection? connection, Func<MqttConnection, Task<IReadOnlyList<MqttReason>>> send)
    {
        Task<IReadOnlyList<MqttReason>> answer;
        lock (_window.Gate)
        {
            if (connection == null || connection.IsClosed)
            {
                return Task.FromException<IReadOnlyList<MqttReason>>(new MqttConnectionLostException("there is no connection"));
            }
            answer = send(connection);
        }
        connection.Outgoing.Wake();
        connection.WakePausedReader();
        return answer;
    }

    /// <summary>Asks again for everything kept, whether or not the broker has kept the session: it may have lost parts of it.</summary>
    private async Task RenewSubscriptionsAsync(MqttConnection connection)
    {
        MqttSubscription[] kept;
        lock (_subscriptions)
        {
            kept = [.. _subscriptions.Values];
        }
        // 1,000 filters of 60 bytes make a packet of 64 KiB, which every broker takes.
        foreach (MqttSubscription[] chunk in kept.Chunk(1000))
        {
            try
            {
                IReadOnlyList<MqttReason> reasons = await SendRequest(
                    connection, c => c.Requests.Subscribe(chunk, c.Outgoing.Filling, _time.GetTimestamp())).ConfigureAwait(false);
                for (int i = 0; i < Math.Min(chunk.Length, reasons.Count); i++)
                {
                    if (reasons[i].IsFailure())
                    {
                        Observer.SubscriptionRefused(chunk[i].Filter, reasons[i]);
                    }
                }
            }
            catch (MqttConnectionLostException)
            {
                return;
            }
        }
    }
}
