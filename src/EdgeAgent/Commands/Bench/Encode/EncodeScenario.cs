using System.Text.Json;
using EdgeAgent.Collector.Publishing;
using EdgeAgent.Commands.Bench.Wire;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Commands.Bench.Encode;

/// <summary>Readings a second that one core encodes for consumers other than a hub: Sparkplug B and JSON.</summary>
internal sealed class EncodeScenario : IBenchScenario
{
    private const int Tags = 10_000;
    private const int Seed = 20_261_122;
    private const double ReadingsPerSecondMin = 1_000_000;

    /// <summary>Enough for the code to be compiled in its final form.</summary>
    private const int WarmUpRounds = 50;

    /// <summary>Some seconds in all: a thread's CPU time is told in steps of milliseconds.</summary>
    private const int Rounds = 300;

    /// <summary>A fixed instant of 2026.</summary>
    private const long StartTicks = 17_700_000_000_000_000;

    private const string OneMessageATag = """{"value":"{value}","quality":"{quality}","timestamp":"{timestamp}"}""";
    private const string OneMessageADevice = """{"{device}":[{"ts":"{timestamp}","values":{"{tag}":"{value}"}}]}""";

    private static readonly PublisherIdentity Identity = new("demo-plant", "gw-01", "bench", default);

    public string Name => "encode";

    public string Description => "Readings of a 10,000-tag plant encoded as Sparkplug B and as JSON: readings a second on one core and bytes allocated a reading.";

    public Task<BenchResult> RunAsync(BenchContext context)
    {
        var trace = new PlantTrace(Tags, periodMs: 1000, Seed);
        var plant = new ReadingBatch();
        trace.Read(StartTicks, 0, UnixTicks.PerSecond, plant);
        PlantDefinition definition = Define(plant, trace.Devices);
        var measurements = new List<BenchMeasurement>();
        Measure(context, "sparkplug", EncodingTrial.OfSparkplug(definition, new SparkplugConfig(), TimeProvider.System), plant, measurements);
        Measure(context, "json, a message a device", Json(definition, JsonMessagePer.Device, "v1/gateway/telemetry", OneMessageADevice), plant, measurements);
        Measure(context, "json, a message a reading", Json(definition, JsonMessagePer.Tag, "plant/{device}/{tag}", OneMessageATag), plant, measurements);
        return Task.FromResult(new BenchResult(
            measurements,
            ["From decoded readings to the bytes of messages in a buffer that is used again; CPU time of the one thread, the mean of all rounds.",
             "Reading the batch back from the buffer, its decompression and sending are not included."]));
    }

    private static EncodingTrial Json(PlantDefinition definition, JsonMessagePer per, string topic, string payload)
    {
        using var document = JsonDocument.Parse(payload);
        var route = new JsonRouteConfig { Topic = topic, Per = per, Payload = document.RootElement.Clone() };
        return EncodingTrial.OfJson(definition, new JsonPublishConfig { Routes = [route] }, Identity);
    }

    private static PlantDefinition Define(ReadingBatch plant, int devices)
    {
        var kinds = new ValueKind[devices * PlantTrace.TagsPerDevice];
        foreach (ref readonly Reading reading in plant.Readings)
        {
            kinds[reading.TagId] = reading.Kind == ValueKind.None ? kinds[reading.TagId] : reading.Kind;
        }

        return DefinitionCodec.Create(
            [.. Enumerable.Range(0, devices).Select(device => new DeviceDefinition($"press-{device:000}", "modbus-tcp", $"modbus-tcp://127.0.0.1:502/{device}", $"A-{device:000}"))],
            [.. kinds.Select((kind, i) => new TagDefinition(i / PlantTrace.TagsPerDevice, $"tag-{i % PlantTrace.TagsPerDevice:00}", kind == ValueKind.None ? ValueKind.Float64 : kind, "", 1000))]);
    }

    private static void Measure(BenchContext context, string name, EncodingTrial trial, ReadingBatch plant, List<BenchMeasurement> into)
    {
        for (int round = 0; round < WarmUpRounds; round++)
        {
            trial.Encode(plant);
        }

        TimeSpan start = CpuTime.OfThisThread();
        long allocated = 0, bytes = 0;
        int messages = 0;
        for (int round = 0; round < Rounds; round++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            long before = GC.GetAllocatedBytesForCurrentThread();
            (messages, bytes) = trial.Encode(plant);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        double seconds = (CpuTime.OfThisThread() - start).TotalSeconds;
        double readings = (double)plant.Count * Rounds;
        into.Add(BenchMeasurement.AtLeast(name, readings / seconds, "readings/s", ReadingsPerSecondMin));
        into.Add(BenchMeasurement.AtMost("  allocated", allocated / readings, "bytes/reading", 0));
        into.Add(BenchMeasurement.Observed("  length", (double)bytes / plant.Count, "bytes/reading"));
        into.Add(BenchMeasurement.Observed("  readings in a message", (double)plant.Count / messages, ""));
    }
}
