using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.Protocols.Mqtt.Packets;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.Mqtt.Client;

/// <summary>A client with a scripted broker and a clock that the test moves.</summary>
internal sealed class ClientUnderTest : MqttClientObserver, IAsyncDisposable
{
    private readonly TaskCompletionSource<MqttConnectionLoss> _loss = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ClientUnderTest(Func<MqttClientOptions, MqttClientOptions>? change = null, MqttMessageHandler? handler = null)
    {
        var options = new MqttClientOptions { Brokers = [new MqttBrokerAddress("broker", 1883, false)], ClientId = "me" };
        Client = new MqttClient(change?.Invoke(options) ?? options, Time, handler, this, Broker) { Random = () => 0.0 };
    }

    public FakeTimeProvider Time { get; } = new();

    public ScriptedBroker Broker { get; } = new();

    public MqttClient Client { get; }

    public List<string> Failures { get; } = [];

    public List<TimeSpan> Delays { get; } = [];

    public List<MqttConnectionLoss> Losses { get; } = [];

    public async Task<ScriptedBroker.Link> ConnectAsync(MqttProperties? properties = null, bool sessionPresent = false)
    {
        await Client.StartAsync();
        ScriptedBroker.Link link = await Broker.WelcomeAsync(properties, sessionPresent);
        await Client.WaitConnectedAsync().WaitAsync(ScriptedBroker.Limits.Hang);
        return link;
    }

    /// <summary>The next connection, after whatever delay the client takes.</summary>
    public async Task<ScriptedBroker.Link> ReconnectAsync(bool sessionPresent = false)
    {
        Task<ScriptedBroker.Link> welcome = Broker.WelcomeAsync(sessionPresent: sessionPresent);
        await AdvanceUntilAsync(welcome, TimeSpan.FromMinutes(5));
        return await welcome;
    }

    /// <summary>Moves the clock in quarter seconds until the task ends; gives the time that took.</summary>
    public async Task<TimeSpan> AdvanceUntilAsync(Task task, TimeSpan limit)
    {
        TimeSpan waited = TimeSpan.Zero;
        var step = TimeSpan.FromMilliseconds(250);
        while (!task.IsCompleted)
        {
            Assert.True(waited < limit, $"nothing happened within {limit}");
            Time.Advance(step);
            waited += step;
            // What the timers set off runs on other threads; give it a chance before time goes on.
            await Task.WhenAny(task, Task.Delay(15));
        }
        return waited;
    }

    public Task<MqttConnectionLoss> LossAsync() => _loss.Task.WaitAsync(ScriptedBroker.Limits.Hang);

    public override void Disconnected(MqttBrokerAddress broker, MqttConnectionLoss loss)
    {
        lock (Losses)
        {
            Losses.Add(loss);
        }
        _loss.TrySetResult(loss);
    }

    public override void ConnectFailed(MqttBrokerAddress broker, string text, TimeSpan nextTryIn)
    {
        lock (Failures)
        {
            Failures.Add(text);
            Delays.Add(nextTryIn);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task disposing = Client.DisposeAsync().AsTask();
        await AdvanceUntilAsync(disposing, TimeSpan.FromMinutes(5));
        await disposing;
    }
}
