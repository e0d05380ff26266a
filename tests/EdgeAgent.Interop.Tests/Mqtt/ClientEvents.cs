using System.Collections.Concurrent;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Interop.Tests.Mqtt;

/// <summary>Remembers what a client reported, and lets a test wait for it.</summary>
internal sealed class ClientEvents : MqttClientObserver
{
    private readonly ConcurrentQueue<TaskCompletionSource<MqttConnectionLoss>> _lossWaiters = new();

    public ConcurrentQueue<MqttConnectionLoss> Losses { get; } = new();

    public ConcurrentQueue<string> Failures { get; } = new();

    public ConcurrentQueue<Exception> HandlerFailures { get; } = new();

    public ConcurrentQueue<bool> SessionsPresent { get; } = new();

    public Task<MqttConnectionLoss> NextLossAsync()
    {
        var waiter = new TaskCompletionSource<MqttConnectionLoss>(TaskCreationOptions.RunContinuationsAsynchronously);
        _lossWaiters.Enqueue(waiter);
        return waiter.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public override void Connected(MqttBrokerAddress broker, bool sessionPresent) => SessionsPresent.Enqueue(sessionPresent);

    public override void Disconnected(MqttBrokerAddress broker, MqttConnectionLoss loss)
    {
        Losses.Enqueue(loss);
        while (_lossWaiters.TryDequeue(out TaskCompletionSource<MqttConnectionLoss>? waiter))
        {
            waiter.TrySetResult(loss);
        }
    }

    public override void ConnectFailed(MqttBrokerAddress broker, string text, TimeSpan nextTryIn) => Failures.Enqueue(text);

    public override void HandlerFailed(string topic, Exception exception) => HandlerFailures.Enqueue(exception);
}
