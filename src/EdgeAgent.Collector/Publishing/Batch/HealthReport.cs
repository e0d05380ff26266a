using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Collector.Publishing.Batch;

/// <summary>Tells the hub now and then how the agent fares, in the retained status message and without waiting for an answer.</summary>
/// <remarks>How often follows from the number of devices, so that it stays below one or two kilobytes a second whatever the plant's size.</remarks>
internal sealed class HealthReport(Func<AgentHealth> health, PublisherIdentity identity, BatchBuffer buffer, MqttClient client, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan PerDevice = TimeSpan.FromMilliseconds(100);

    private readonly string _topic = Topics.Status(identity.Site, identity.Agent);
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long _sinceTicks;
    private bool _ended;

    public void Start() => _timer = time.CreateTimer(_ => Tell(), null, Shortest, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _timer?.Dispose();
        }
    }

    private void Tell()
    {
        AgentHealth told;
        try
        {
            told = health();
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException)
        {
            // The agent stops, or changes its buffer at this moment.
            Again(Shortest);
            return;
        }

        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            if (client.IsConnected)
            {
                _sinceTicks = _sinceTicks == 0 ? told.AtTicks : _sinceTicks;
                AgentStatus status = new(Online: true, identity.Version, buffer.Incarnation, _sinceTicks) { Health = told };
                _ = SendAsync(status.ToUtf8());
            }
            else
            {
                _sinceTicks = 0;
            }
        }

        TimeSpan pause = told.Devices.Count * PerDevice;
        Again(pause < Shortest ? Shortest : pause > Longest ? Longest : pause);
    }

    private void Again(TimeSpan pause)
    {
        lock (_gate)
        {
            if (!_ended)
            {
                _timer?.Change(pause, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private async Task SendAsync(byte[] status)
    {
        try
        {
            await client.PublishAsync(_topic, status, MqttQos.AtMostOnce, retain: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection is gone; the next one tells again.
        }
    }
}
