namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>Understands the messages of one source. Called in the gate of the inbox, one message at a time.</summary>
internal abstract class MessageSource
{
    /// <summary>Whom the message that was taken last is of: a device, the connection as a whole, or null for somebody who is not configured.</summary>
    public int? Sender { get; protected set; }

    /// <summary>A new connection begins: what was known of the devices' life does not hold any more.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Takes a message when it is one of this source.</summary>
    /// <param name="retained">Whether the broker had kept it, for no one knows how long.</param>
    public abstract bool TryTake(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, bool retained, long nowTicks);

    /// <summary>Whether silence of a device means that nothing changed.</summary>
    public virtual bool Vouches(int device) => false;

    /// <summary>A message that should be sent, if there is one.</summary>
    public virtual bool TryNextCommand(out string topic, out byte[] payload)
    {
        (topic, payload) = ("", []);
        return false;
    }
}
