namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>The last retained message of each topic. Guarded by the broker's gate.</summary>
internal sealed class RetainedMessages(MqttBrokerOptions options)
{
    private readonly Dictionary<string, BrokerMessage> _messages = new(StringComparer.Ordinal);
    private long _sizeBytes;

    public int Count => _messages.Count;

    /// <summary>Keeps the message or, when its payload is empty, forgets the topic's; false when there is no room.</summary>
    public bool Set(BrokerMessage message)
    {
        if (_messages.Remove(message.Topic, out BrokerMessage? old))
        {
            _sizeBytes -= old.SizeBytes;
        }
        if (message.Payload.IsEmpty)
        {
            return true;
        }
        if (_messages.Count >= options.RetainedMessagesMax || _sizeBytes + message.SizeBytes > options.RetainedSizeBytesMax)
        {
            return false;
        }
        _messages.Add(message.Topic, message);
        _sizeBytes += message.SizeBytes;
        return true;
    }

    public List<BrokerMessage> Matching(string filter, long now)
    {
        List<BrokerMessage> found = [];
        if (!filter.AsSpan().ContainsAny('+', '#'))
        {
            if (_messages.TryGetValue(filter, out BrokerMessage? exact))
            {
                found.Add(exact);
            }
        }
        else
        {
            found.AddRange(_messages.Values.Where(m => MqttTopic.Matches(filter, m.Topic)));
        }
        found.RemoveAll(m => m.ExpiresAt <= now);
        return found;
    }

    public void RemoveExpired(long now)
    {
        foreach (BrokerMessage expired in _messages.Values.Where(m => m.ExpiresAt <= now).ToList())
        {
            _messages.Remove(expired.Topic);
            _sizeBytes -= expired.SizeBytes;
        }
    }
}
