using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt;

/// <summary>
/// The packets that wait for the socket. They are encoded one behind the other into one buffer while another is being
/// written, so that under load one write carries many packets.
/// </summary>
internal sealed class OutgoingQueue(Lock gate, int sizeBytesMax)
{
    // Larger arrays, left behind by a large packet, are given back once they are empty.
    private const int KeptSizeBytesMax = 4 * 1024 * 1024;

    private readonly AsyncSignal _signal = new();
    private PacketBuffer _writing = new(16 * 1024);

    /// <summary>Where packets are encoded to (gate).</summary>
    public PacketBuffer Filling { get; private set; } = new(16 * 1024);

    /// <summary>False when so much waits for the socket that publishers should wait too (gate).</summary>
    public bool HasRoom => Filling.Length < sizeBytesMax;

    public bool IsEmpty => Filling.Length == 0;

    public void Wake(bool inline = false) => _signal.Set(inline);

    public ValueTask WaitAsync() => _signal.WaitAsync();

    /// <summary>Takes what has gathered; empty when there is nothing. One caller: the send loop.</summary>
    public ReadOnlyMemory<byte> TakeBatch()
    {
        lock (gate)
        {
            if (Filling.Length == 0)
            {
                return default;
            }
            _writing.Clear();
            _writing.Trim(KeptSizeBytesMax);
            (Filling, _writing) = (_writing, Filling);
            return _writing.Written;
        }
    }
}
