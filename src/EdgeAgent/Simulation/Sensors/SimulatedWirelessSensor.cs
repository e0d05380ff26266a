using System.Globalization;
using System.Text;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Simulation.Sensors;

/// <summary>A battery sensor on a machine's motor, which publishes what it measures to a broker and knows nobody else.</summary>
internal sealed class SimulatedWirelessSensor : IAsyncDisposable
{
    /// <summary>Real ones send each minute; a watcher wants to see it move.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly MqttClient _client;
    private readonly TimeProvider _time;
    private readonly string _topic;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sending;
    private uint _count;

    private SimulatedWirelessSensor(MqttBrokerAddress broker, string id, TimeProvider time)
    {
        _client = new MqttClient(new MqttClientOptions { Brokers = [broker], ClientId = $"sensor-{id}" }, time);
        _time = time;
        _topic = TopicOf(id);
        _sending = Task.Run(SendAsync, CancellationToken.None);
    }

    /// <summary>Where a sensor publishes.</summary>
    public static string TopicOf(string id) => $"sensors/{id}/state";

    /// <summary>Starts to send; a broker that is not there yet is waited for.</summary>
    public static SimulatedWirelessSensor Start(MqttBrokerAddress broker, string id, TimeProvider time) => new(broker, id, time);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        await _client.DisposeAsync();
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        try
        {
            await _client.StartAsync(_stop.Token);
            while (true)
            {
                // What finds no connection is lost, as in the air: a sensor keeps nothing.
                await _client.PublishAsync(_topic, Message(), cancellationToken: _stop.Token);
                await Task.Delay(Period, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Switched off.
        }
    }

    private byte[] Message()
    {
        DateTimeOffset now = _time.GetUtcNow();
        double seconds = (now.Ticks % UnixTicks.PerHour) / (double)UnixTicks.PerSecond;
        bool turns = seconds % 90 < 60;
        double current = turns ? 3.2 + (0.4 * Math.Sin(seconds / 7)) : 0.1;
        double vibration = turns ? 2.4 + (0.3 * Math.Sin(seconds / 3)) : 0.2;
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $$"""{"ts":"{{now:yyyy-MM-ddTHH:mm:ss.fffZ}}","seq":{{_count++}},"current":{{current:0.00}},"vibration":{{vibration:0.00}},"temperature":{{38 + (4 * Math.Sin(seconds / 300)):0.0}},"battery":97,"simulated":true}"""));
    }
}
