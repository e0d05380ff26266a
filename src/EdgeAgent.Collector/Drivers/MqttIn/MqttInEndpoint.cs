using System.Text;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>A running connection to a broker to which devices publish.</summary>
internal sealed class MqttInEndpoint : IPushedEndpoint, ISeesUnknownDevices, IShowsFrames
{
    private readonly MqttInPlan _plan;
    private readonly TimeProvider _time;
    private readonly ReadingInbox _inbox = new();
    private readonly SeenList _seen;
    private readonly FrameMemory _frames;
    private readonly MessageSource[] _sources;
    private readonly int[] _deviceOfGroup;
    private readonly int[] _sourceOfDevice;
    private MqttClient? _client;

    public MqttInEndpoint(MqttInPlan plan, EndpointServices services, ILogger logger)
    {
        _plan = plan;
        _time = services.Time;
        _frames = new FrameMemory(plan.MqttDevices.Count, services.Time, Encoding.UTF8);
        _seen = new SeenList(services.Time, logger);
        var problems = new DeviceProblems(plan.MqttDevices.Count, _inbox);
        _sources = [.. plan.Sources.Select((source, index) => NewSource(
            source, [.. plan.MqttDevices.Where(device => device.Source == index)], problems))];
        _deviceOfGroup = [.. services.Groups.Select(group => group.Device)];
        _sourceOfDevice = [.. plan.MqttDevices.Select(device => device.Source)];
    }

    public bool IsConnected => _client is { IsConnected: true };

    public IReadOnlyList<SeenDevice> SeenDevices => _seen.Devices;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        var watch = new ConnectionWatch(_inbox);
        var client = new MqttClient(_plan.Client, _time, TakeAsync, watch);
        try
        {
            lock (_inbox.Gate)
            {
                foreach (MessageSource source in _sources)
                {
                    source.Begin();
                }
            }

            _inbox.Begin();
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(_plan.Settings.ConnectTimeoutMs), _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            await client.StartAsync(either.Token).ConfigureAwait(false);
            await client.WaitConnectedAsync(either.Token).ConfigureAwait(false);
            await client.SubscribeAsync(
                [.. _plan.Sources.Select(source => new MqttSubscription(source.Filter, (MqttQos)source.Settings.Qos))], either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw new EndpointConnectException(watch.LastProblem ?? $"{string.Join(", ", _plan.Settings.Brokers)}: no connection within {_plan.Settings.ConnectTimeoutMs} ms");
        }
        catch (MqttSubscribeException exception)
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw new EndpointConnectException(exception.Message, exception);
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        _client = client;
        AskForBirths(client);
    }

    public async ValueTask DisconnectAsync()
    {
        if (Interlocked.Exchange(ref _client, null) is { } client)
        {
            await client.DisposeAsync().ConfigureAwait(false);
        }
    }

    public ValueTask<PushOutcome> ReceiveAsync(ReadingBatch into, CancellationToken cancellation) => _inbox.ReceiveAsync(into, cancellation);

    public bool Vouches(int group)
    {
        int device = _deviceOfGroup[group];
        return _sources[_sourceOfDevice[device]].Vouches(device);
    }

    public IReadOnlyList<WireFrame> FramesOf(int device) => _frames.Of(device);

    public bool IsSimulated(int device) => false;

    public ValueTask DisposeAsync() => DisconnectAsync();

    private MessageSource NewSource(MqttInSource source, MqttInDevice[] devices, DeviceProblems problems) => source.Settings.Format switch
    {
        MqttInFormat.Sparkplug => new Sparkplug.SparkplugSource(source, devices, _inbox, _seen, problems, _time),
        MqttInFormat.ChirpStack => new ChirpStackSource(source, devices, _inbox, _seen, problems),
        MqttInFormat.Plain => new PlainSource(source, devices, _inbox, _seen),
        _ => new JsonSource(source, devices, _inbox, _seen, problems),
    };

    private async ValueTask TakeAsync(MqttMessage message, CancellationToken cancellation)
    {
        long now = UnixTicks.Now(_time);
        lock (_inbox.Gate)
        {
            foreach (MessageSource source in _sources)
            {
                if (source.TryTake(message.Topic.Span, message.Payload.Span, message.Retain, now))
                {
                    if (source.Sender is { } sender)
                    {
                        _frames.Received(sender, message.Payload.Span, message.Topic.Span);
                    }

                    break;
                }
            }

            _inbox.NoteAdded();
        }

        if (_client is { } client)
        {
            AskForBirths(client);
        }

        // The broker gets its acknowledgement only when there is room again.
        while (_inbox.IsFull && !cancellation.IsCancellationRequested)
        {
            await _inbox.RoomAsync().AsTask().WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private void AskForBirths(MqttClient client)
    {
        foreach (MessageSource source in _sources)
        {
            while (source.TryNextCommand(out string topic, out byte[] payload))
            {
                _frames.Sent(FrameMemory.Connection, payload, topic);
                _ = client.PublishAsync(topic, payload, MqttQos.AtMostOnce);
            }
        }
    }

    /// <summary>Hears why there is no connection.</summary>
    private sealed class ConnectionWatch(ReadingInbox inbox) : MqttClientObserver
    {
        public string? LastProblem { get; private set; }

        public override void ConnectFailed(MqttBrokerAddress broker, string text, TimeSpan nextTryIn) => LastProblem = text;

        public override void Disconnected(MqttBrokerAddress broker, MqttConnectionLoss loss)
        {
            if (loss.Cause != MqttLossCause.Local)
            {
                LastProblem = loss.Text;
                inbox.Lose(loss.Text);
            }
        }

        public override void HandlerFailed(string topic, Exception exception) =>
            inbox.Report(-1, $"a message on {topic} could not be taken: {exception.Message}");
    }
}
