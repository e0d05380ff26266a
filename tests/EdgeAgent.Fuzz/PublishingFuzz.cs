using System.Text.Json;
using System.Text.Unicode;
using EdgeAgent.Collector.Publishing.Json;
using EdgeAgent.Collector.Publishing.Sparkplug;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Sparkplug;

namespace EdgeAgent.Fuzz;

/// <summary>What publishers write for any readings can be read; what hosts send and operators write as templates is taken or refused, never more.</summary>
public sealed class PublishingFuzz
{
    private const int Seed = 20_261_122;

    private static readonly byte[][] States = ["""{"online":true,"timestamp":1795370400123}"""u8.ToArray(), """{"timestamp":1,"x":[{"online":1}],"online":false}"""u8.ToArray()];

    private static readonly byte[][] Templates =
    [
        """{"topic":"plant/{site}/{device}/{tag}","payload":{"v":"{value}","q":"{quality:name}","t":"{timestamp:iso}"}}"""u8.ToArray(),
        """{"topic":"d/{device}","per":"device","payload":{"{device}":[{"ts":"{timestamp}","values":{"{tag:good}":"{value}"},"e":{"{tag:bad}":"{quality:code}"}}]}}"""u8.ToArray(),
        """{"topic":"g/{group}","per":"group","payload":["{each}",{"d":"{device}","n":"{{{tag}}}","v":["{value}","{unit}"]}]}"""u8.ToArray(),
    ];

    [Fact]
    public void Readings_of_any_bits_become_payloads_that_can_be_read()
    {
        var random = new Random(Seed);
        var encoder = new NodeEncoder(new SparkplugWriter(), TimeProvider.System);
        var payload = new SparkplugPayload();
        byte[] text = new byte[300];
        for (int round = 0; round < 20_000; round++)
        {
            encoder.Writer.Begin((ulong)random.NextInt64());
            int metrics = random.Next(1, 20);
            for (int i = 0; i < metrics; i++)
            {
                random.NextBytes(text);
                var kind = (ValueKind)random.Next(0, 8);
                var reading = new Reading(0, new Quality((uint)random.NextInt64()), random.NextInt64() - (long.MaxValue / 2), kind, (ulong)random.NextInt64());
                encoder.Data(new NodeMetric((ulong)random.NextInt64(), "m", (ValueKind)random.Next(1, 8), ""), reading, text.AsSpan(0, random.Next(text.Length)), random.Next(2) == 0);
            }

            encoder.Writer.End(round % 256);
            Assert.True(payload.TryRead(encoder.Writer.Written.Span));
            Assert.Equal((metrics, round % 256), (payload.Metrics.Count, payload.Sequence));
        }
    }

    [Fact]
    public void Commands_and_states_of_any_kind_are_taken_or_refused()
    {
        var scratch = new SparkplugPayload();
        var commands = new SeededMutations(Seed, [RebirthCommand.Encode(1_795_370_400_123)]);
        var states = new SeededMutations(Seed, States);
        int asked = 0, read = 0;
        for (int i = 0; i < 200_000; i++)
        {
            asked += NodeCommand.AsksForRebirth(commands.Next(), scratch) ? 1 : 0;
            read += SparkplugHostState.TryRead(states.Next(), out _) ? 1 : 0;
        }

        Assert.True(asked > 1000 && read > 1000);
    }

    [Fact]
    public void Templates_of_any_kind_make_json_or_are_refused_with_a_place()
    {
        PlantDefinition definition = DefinitionCodec.Create(
            [new DeviceDefinition("a\"/b", "", "", "x")], [new TagDefinition(0, "t\\", ValueKind.Text, "℃", 1), new TagDefinition(0, "n", ValueKind.Float64, "", 1)]);
        var identity = new Collector.Publishing.PublisherIdentity("s", "g", "1", default);
        var names = new JsonNames(definition, identity);
        var batch = new ReadingBatch();
        batch.AddText(0, Quality.Good, 1, "a\"\n\u0000");
        batch.Add(Reading.Float64(1, Quality.BadTimeout, 2, double.NaN));
        batch.Add(Reading.Failed(1, Quality.BadTimeout, 2));
        var mutations = new SeededMutations(Seed, Templates);
        int compiled = 0;
        for (int i = 0; i < 200_000; i++)
        {
            if (RouteOf(mutations.Next()) is not { } config)
            {
                continue;
            }

            var errors = new ConfigErrors();
            IReadOnlyList<JsonRoute> routes = JsonRoute.Compile(new JsonPublishConfig { Routes = [config] }, ConfigPath.Root, errors);
            Assert.Equal(errors.Any, routes.Count == 0);
            foreach (JsonRoute route in routes)
            {
                compiled++;
                Render(route, definition, names, identity, batch);
            }
        }

        Assert.True(compiled > 1000);
    }

    private static JsonRouteConfig? RouteOf(ReadOnlySpan<byte> mutated)
    {
        try
        {
            using var document = JsonDocument.Parse(mutated.ToArray());
            JsonElement root = document.RootElement;
            // The configuration's parser has refused bytes that are no UTF-8 by then; half surrogate pairs it has not.
            return !Utf8.IsValid(mutated) || root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("topic", out JsonElement topic) || topic.ValueKind != JsonValueKind.String
                || !root.TryGetProperty("payload", out JsonElement payload) ? null : new JsonRouteConfig
                {
                    Topic = topic.GetString()!,
                    Per = root.TryGetProperty("per", out JsonElement per) && per.ValueKind == JsonValueKind.String && per.GetString() == "device"
                        ? JsonMessagePer.Device : root.TryGetProperty("per", out _) ? JsonMessagePer.Group : JsonMessagePer.Tag,
                    Payload = payload.Clone(),
                };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Render(JsonRoute route, PlantDefinition definition, JsonNames names, Collector.Publishing.PublisherIdentity identity, ReadingBatch batch)
    {
        var plan = new RoutePlan(route, definition, names, identity);
        var encoder = new JsonEncoder(new JsonSink());
        plan.Take(batch);
        for (int at = 0; plan.TryNext(batch, ref at, out ReadOnlySpan<int> message);)
        {
            encoder.Encode(route.Template, names, route.Group, batch, message);
            using var parsed = JsonDocument.Parse(encoder.Sink.Written);
        }
    }
}
