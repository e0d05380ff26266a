using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Scheduling;

/// <summary>An endpoint that sends what the test says when the test says.</summary>
internal sealed class ScriptedPushEndpoint(TimeProvider time) : IPushedEndpoint
{
    private readonly Queue<(PushKind Kind, Reading[] Readings, PushOutcome Outcome)> _waiting = new();
    private TaskCompletionSource _arrived = new();
    private bool _connected;

    public Func<bool> CanConnect { get; set; } = () => true;

    public Func<int, bool> Vouch { get; set; } = _ => false;

    public bool Simulated { get; set; }

    public int Connects { get; private set; }

    public bool IsConnected => _connected;

    public void Send(params Reading[] readings) => Send(PushKind.Live, readings);

    public void Send(PushKind kind, params Reading[] readings) => Enqueue(kind, readings, new PushOutcome(kind));

    public void Report(PushOutcome outcome) => Enqueue(outcome.Kind, [], outcome);

    public void SendGood(int tag, long value) => Send(Reading.Int64(tag, Quality.Good, UnixTicks.Now(time), value));

    public void Break() => Send(PushKind.ConnectionLost);

    public ValueTask ConnectAsync(CancellationToken cancellation)
    {
        if (!CanConnect())
        {
            throw new EndpointConnectException("nobody at home");
        }

        Connects++;
        _connected = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisconnectAsync()
    {
        _connected = false;
        return ValueTask.CompletedTask;
    }

    public async ValueTask<PushOutcome> ReceiveAsync(ReadingBatch into, CancellationToken cancellation)
    {
        while (_waiting.Count == 0)
        {
            await _arrived.Task.WaitAsync(cancellation);
        }

        (PushKind kind, Reading[] readings, PushOutcome outcome) = _waiting.Dequeue();
        foreach (Reading reading in readings)
        {
            into.Add(reading);
        }

        _connected &= kind != PushKind.ConnectionLost;
        return outcome;
    }

    public bool Vouches(int group) => Vouch(group);

    public bool IsSimulated(int device) => Simulated;

    public ValueTask DisposeAsync() => DisconnectAsync();

    private void Enqueue(PushKind kind, Reading[] readings, PushOutcome outcome)
    {
        using var onThisThread = new ThisThreadOnly();
        _waiting.Enqueue((kind, readings, outcome));
        TaskCompletionSource before = _arrived;
        _arrived = new TaskCompletionSource();
        before.SetResult();
    }
}
