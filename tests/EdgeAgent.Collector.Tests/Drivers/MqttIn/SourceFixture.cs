using System.Text;
using System.Text.Json;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Collector.Drivers.MqttIn;
using EdgeAgent.Collector.Drivers.MqttIn.Sparkplug;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Drivers.MqttIn;

/// <summary>One source as the driver compiles it, fed with messages by hand.</summary>
internal sealed class SourceFixture
{
    private readonly ReadingInbox _inbox = new();
    private readonly List<string> _tags = [];
    private readonly SeenList _seen;

    /// <param name="source">The source's settings as JSON.</param>
    /// <param name="devices">For each device its id and its tags, each as name, address and type.</param>
    public SourceFixture(string source, params (string Id, (string Name, string Address, TagType? Type)[] Tags)[] devices)
    {
        var errors = new ConfigErrors();
        var endpoint = new EndpointConfig
        {
            Name = "sensors",
            Driver = "mqtt-in",
            Settings = Json($$"""{"brokers":["mqtt://127.0.0.1:1"],"sources":[{{source}}]}"""),
            Devices = [.. devices.Select((device, index) => new DeviceConfig
            {
                Name = "d" + index,
                Settings = Json($$"""{"id":"{{device.Id}}"}"""),
                Tags = [.. device.Tags.Select(tag => new TagConfig { Name = tag.Name, Address = tag.Address, Type = tag.Type })],
            })],
        };
        _tags.AddRange(devices.SelectMany(device => device.Tags.Select(tag => tag.Name)));
        var plan = (MqttInPlan?)new MqttInDriverFactory().Compile(endpoint, ConfigPath.Root, errors);
        Assert.Empty(errors);
        _seen = new SeenList(Time, NullLogger.Instance);
        var problems = new DeviceProblems(devices.Length, _inbox);
        MqttInDevice[] all = [.. plan!.MqttDevices];
        MqttInSource compiled = plan.Sources[0];
        Source = compiled.Settings.Format switch
        {
            MqttInFormat.Sparkplug => new SparkplugSource(compiled, all, _inbox, _seen, problems, Time),
            MqttInFormat.ChirpStack => new ChirpStackSource(compiled, all, _inbox, _seen, problems),
            MqttInFormat.Plain => new PlainSource(compiled, all, _inbox, _seen),
            _ => new JsonSource(compiled, all, _inbox, _seen, problems),
        };
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2025, 11, 13, 8, 30, 0, TimeSpan.Zero));

    public MessageSource Source { get; }

    public IReadOnlyList<SeenDevice> Seen => _seen.Devices;

    /// <summary>Outcomes since the start, those without a device left out.</summary>
    public List<PushOutcome> Reports { get; } = [];

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    public List<string> Send(string topic, string payload, bool retained = false) => Send(topic, Encoding.UTF8.GetBytes(payload), retained);

    /// <returns>The readings that the message brought, as "tag=value" or "tag=quality"; back-filled ones with a '~' in front.</returns>
    public List<string> Send(string topic, byte[] payload, bool retained = false)
    {
        lock (_inbox.Gate)
        {
            Source.TryTake(Encoding.UTF8.GetBytes(topic), payload, retained, UnixTicks.Now(Time));
        }

        _inbox.NoteAdded();
        var texts = new List<string>();
        var batch = new ReadingBatch();
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        try
        {
            while (true)
            {
                batch.Clear();
                PushOutcome outcome = _inbox.ReceiveAsync(batch, ended.Token).AsTask().GetAwaiter().GetResult();
                if (outcome.Device >= 0)
                {
                    Reports.Add(outcome);
                }

                foreach (Reading reading in batch.Readings)
                {
                    texts.Add((outcome.Kind == PushKind.BackFilled ? "~" : "") + _tags[reading.TagId] + "=" + Print(batch, reading));
                    LastTicks = reading.SourceTicks;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return texts;
        }
    }

    public long LastTicks { get; private set; }

    private static string Print(ReadingBatch batch, in Reading reading) => !reading.Quality.IsGood
        ? reading.Quality.ToString()
        : reading.Kind switch
        {
            ValueKind.Boolean => reading.AsBoolean ? "true" : "false",
            ValueKind.Text => Encoding.UTF8.GetString(batch.BytesOf(reading)),
            _ => reading.ToDouble().ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
}
