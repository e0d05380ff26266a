using System.Threading.Tasks.Sources;
using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>
/// One publish on its way: what its caller awaits, and its place in the window. Reused when both the caller has taken the
/// result and the protocol has finished with it. Fields are guarded by the window's gate.
/// </summary>
internal sealed class PublishOperation(PublishWindow window) : IValueTaskSource<MqttPublishResult>
{
    // Waiting packets above this size give their array back, so that one large message does not stay in memory for good.
    private const int KeptSizeBytesMax = 64 * 1024;

    private ManualResetValueTaskSourceCore<MqttPublishResult> _core;
    private PacketBuffer? _encoded;
    private CancellationTokenRegistration _cancellation;
    private int _users;

    public PublishOperation? Next { get; set; }

    public ushort PacketId { get; set; }

    public MqttQos Qos { get; private set; }

    /// <summary>True once the caller has, or is about to get, its result.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>True once the broker has answered a QoS 2 message with PUBREC.</summary>
    public bool IsReceived { get; set; }

    public bool IsWaiting { get; set; }

    public long SentTimestamp { get; set; }

    public MqttPublishResult Result { get; set; }

    public int PacketIdAt { get; set; }

    /// <summary>The packet's bytes, kept while it waits for the window and, for QoS 2, until PUBREC.</summary>
    public PacketBuffer Encoded => _encoded ??= new PacketBuffer();

    public void Start(MqttQos qos)
    {
        Qos = qos;
        IsClaimed = IsReceived = IsWaiting = false;
        PacketId = 0;
        Next = null;
        _users = 2;
        _core.Reset();
    }

    public ValueTask<MqttPublishResult> Await(CancellationToken cancellationToken)
    {
        short version = _core.Version;
        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(static (state, token) =>
            {
                var operation = (PublishOperation)state!;
                operation.Owner.Cancel(operation, token);
            }, this);
        }
        return new ValueTask<MqttPublishResult>(this, version);
    }

    public PublishWindow Owner => window;

    /// <summary>Wakes the caller with <see cref="Result"/>; call outside the gate, after claiming.</summary>
    public void Deliver()
    {
        _core.SetResult(Result);
        Release();
    }

    public void DeliverCancellation(CancellationToken token) => _core.SetException(new OperationCanceledException(token));

    /// <summary>One of the two users (caller, protocol) has finished.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _encoded?.Clear();
            _encoded?.Trim(KeptSizeBytesMax);
            window.Recycle(this);
        }
    }

    MqttPublishResult IValueTaskSource<MqttPublishResult>.GetResult(short token)
    {
        _cancellation.Dispose();
        _cancellation = default;
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            Release();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<MqttPublishResult>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<MqttPublishResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
