using System.Text;
using System.Threading.Tasks.Sources;
using BenchmarkDotNet.Attributes;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.MqttIn;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Benchmarks.Receiving;

/// <summary>What a reading costs on one core from the bytes of an MQTT message to the pipeline: the source of mqtt-in, the inbox and the push loop.</summary>
[MemoryDiagnoser]
public class PushLoopBenchmarks
{
    private const int Devices = 100;
    private const int TagsPerDevice = 10;
    private const int Readings = Devices * TagsPerDevice;

    private readonly CancellationTokenSource _stop = new();
    private Sensors _json = null!;
    private Sensors _plain = null!;

    [GlobalSetup]
    public void Setup()
    {
        _json = Start("json", "s/{device}", tag => $"$.v[{tag}]", device => [($"s/d{device}", "{\"ts\":1763022600123,\"v\":[" + string.Join(',', Enumerable.Range(0, TagsPerDevice).Select(tag => $"{device}.{tag}")) + "]}")]);
        _plain = Start("plain", "s/{device}/{metric}", tag => $"t{tag}", device => Enumerable.Range(0, TagsPerDevice).Select(tag => ($"s/d{device}/t{tag}", $"{device}.{tag}")));
    }

    /// <summary>A message a device, ten values each.</summary>
    [Benchmark(OperationsPerInvoke = Readings)]
    public void Json() => _json.Publish();

    /// <summary>A message a value.</summary>
    [Benchmark(OperationsPerInvoke = Readings)]
    public void Plain() => _plain.Publish();

    [GlobalCleanup]
    public void Cleanup() => _stop.Cancel();

    private Sensors Start(string format, string topic, Func<int, string> address, Func<int, IEnumerable<(string Topic, string Payload)>> messages)
    {
        var errors = new ConfigErrors();
        var endpoint = new EndpointConfig
        {
            Name = "sensors",
            Driver = "mqtt-in",
            Settings = System.Text.Json.JsonDocument.Parse($$"""{"brokers":["mqtt://h"],"sources":[{"format":"{{format}}","topic":"{{topic}}"}]}""").RootElement,
            Devices = [.. Enumerable.Range(0, Devices).Select(device => new DeviceConfig
            {
                Name = $"d{device}",
                Settings = System.Text.Json.JsonDocument.Parse($$"""{"id":"d{{device}}"}""").RootElement,
                Tags = [.. Enumerable.Range(0, TagsPerDevice).Select(tag => new TagConfig { Name = $"t{tag}", Address = address(tag) })],
            })],
        };
        var plan = (MqttInPlan?)new MqttInDriverFactory().Compile(endpoint, ConfigPath.Root, errors) ?? throw new InvalidOperationException(errors.First().ToString());
        var inbox = new ReadingInbox();
        MqttInDevice[] devices = [.. plan.MqttDevices];
        var seen = new SeenList(TimeProvider.System, NullLogger.Instance);
        MessageSource source = format == "plain" ? new PlainSource(plan.Sources[0], devices, inbox, seen)
            : new JsonSource(plan.Sources[0], devices, inbox, seen, new DeviceProblems(Devices, inbox));
        var sensors = new Sensors(source, inbox, [.. Enumerable.Range(0, Devices).SelectMany(messages).Select(message => (Encoding.UTF8.GetBytes(message.Topic), Encoding.UTF8.GetBytes(message.Payload)))]);
        var pool = new ReadingBatchPool();
        ScanGroup[] groups = [.. Enumerable.Range(0, Devices).Select(device => new ScanGroup(device, device, 1000, [.. Enumerable.Range(device * TagsPerDevice, TagsPerDevice)]))];
        ScanGrid[] grids = [.. groups.Select(group => ScanGrid.Create(group.IntervalMs, 0))];
        var options = new EndpointLoopOptions("sensors", [.. groups.Select(group => $"d{group.Device}")], groups, grids, Provenance.Live, null);
        var booking = new ScanBooking(new EndpointSlot("sensors"), new Recycling(pool), pool, TimeProvider.System);
        var loop = new PushLoop(options, sensors, booking, pool, SchedulingLimits.Default, new Random(1), TimeProvider.System, NullLoggerFactory.Instance);
        _ = loop.RunAsync(_stop.Token);
        return sensors;
    }

    /// <summary>Gives every batch straight back.</summary>
    private sealed class Recycling(ReadingBatchPool pool) : IScanSink
    {
        public bool TryPost(in ScanResult result)
        {
            if (result.Readings is { } readings)
            {
                pool.Return(readings);
            }

            return true;
        }
    }

    /// <summary>Messages that are all at hand when the loop asks, on its own thread.</summary>
    private sealed class Sensors(MessageSource source, ReadingInbox inbox, (byte[] Topic, byte[] Payload)[] messages) : IPushedEndpoint, IValueTaskSource<PushOutcome>
    {
        private ManualResetValueTaskSourceCore<PushOutcome> _core;
        private int _next = messages.Length;

        public bool IsConnected => true;

        public void Publish()
        {
            _next = 0;
            _core.SetResult(default);
            if (_next != messages.Length)
            {
                throw new InvalidOperationException("the loop did not take all messages on this thread");
            }
        }

        public ValueTask ConnectAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask DisconnectAsync() => ValueTask.CompletedTask;

        public ValueTask<PushOutcome> ReceiveAsync(ReadingBatch into, CancellationToken cancellation)
        {
            if (_next == messages.Length)
            {
                _core.Reset();
                return new ValueTask<PushOutcome>(this, _core.Version);
            }

            (byte[] topic, byte[] payload) = messages[_next++];
            lock (inbox.Gate)
            {
                source.TryTake(topic, payload, retained: false, UnixTicks.Now(TimeProvider.System));
            }

            inbox.NoteAdded();
            return inbox.ReceiveAsync(into, cancellation);
        }

        public bool Vouches(int group) => false;

        public bool IsSimulated(int device) => false;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        PushOutcome IValueTaskSource<PushOutcome>.GetResult(short token) => _core.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource<PushOutcome>.GetStatus(short token) => _core.GetStatus(token);

        void IValueTaskSource<PushOutcome>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}
