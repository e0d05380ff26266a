namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>
/// Tells callers of finished publishes, many in one go on one pool thread: a thread for each would cost more than the
/// publish. What the callers publish next while they are being told is held back and sent with one write at the end.
/// </summary>
internal sealed class CompletionQueue(Lock gate) : IThreadPoolWorkItem
{
    private List<PublishOperation> _adding = [];
    private List<PublishOperation> _delivering = [];
    private bool _scheduled;

    /// <summary>The thread that is telling callers now; publishes from it need not wake the sender.</summary>
    public int ThreadId { get; private set; }

    /// <summary>Wakes the sender when the callers have been told.</summary>
    public Action? Delivered { get; set; }

    /// <summary>Adds a claimed operation with a result (gate held).</summary>
    public void Add(PublishOperation operation) => _adding.Add(operation);

    /// <summary>Starts telling the callers; call without the gate.</summary>
    public void Run()
    {
        lock (gate)
        {
            if (_scheduled || _adding.Count == 0)
            {
                return;
            }
            _scheduled = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        ThreadId = Environment.CurrentManagedThreadId;
        while (true)
        {
            lock (gate)
            {
                if (_adding.Count == 0)
                {
                    _scheduled = false;
                    ThreadId = 0;
                    break;
                }
                (_adding, _delivering) = (_delivering, _adding);
            }
            foreach (PublishOperation operation in _delivering)
            {
                operation.Deliver();
            }
            _delivering.Clear();
        }
        Delivered?.Invoke();
    }
}
