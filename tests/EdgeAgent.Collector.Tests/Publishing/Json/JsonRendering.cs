using System.Text;
using System.Text.Json;
using EdgeAgent.Collector.Publishing;
using EdgeAgent.Collector.Publishing.Json;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Publishing.Json;

/// <summary>Renders the messages of a route without any broker.</summary>
internal static class JsonRendering
{
    public static readonly PublisherIdentity Identity = new("plant", "gw-01", "1.0", default);

    /// <summary>2026-11-22T18:00:00.123Z.</summary>
    public const long At = 17_953_704_001_230_000;

    public static JsonRoute Route(string json, JsonTimestamp timestamp = JsonTimestamp.UnixMs)
    {
        ConfigErrors errors = Compile(json, out IReadOnlyList<JsonRoute> routes, timestamp);
        Assert.Empty(errors);
        return Assert.Single(routes);
    }

    public static ConfigErrors Compile(string json, out IReadOnlyList<JsonRoute> routes, JsonTimestamp timestamp = JsonTimestamp.UnixMs)
    {
        using var document = JsonDocument.Parse(json);
        var config = new JsonRouteConfig
        {
            Topic = document.RootElement.GetProperty("topic").GetString()!,
            Per = document.RootElement.TryGetProperty("per", out JsonElement per) ? Enum.Parse<JsonMessagePer>(per.GetString()!, ignoreCase: true) : JsonMessagePer.Tag,
            Payload = document.RootElement.TryGetProperty("payload", out JsonElement payload) ? payload.Clone() : default,
            Group = document.RootElement.TryGetProperty("group", out JsonElement group) ? group.GetString()! : "",
            Devices = Texts(document.RootElement, "devices"),
            Tags = Texts(document.RootElement, "tags"),
            GoodOnly = document.RootElement.TryGetProperty("goodOnly", out JsonElement good) && good.GetBoolean(),
            ReadingsPerMessageMax = document.RootElement.TryGetProperty("readingsPerMessageMax", out JsonElement max) ? max.GetInt32() : 1000,
        };
        var errors = new ConfigErrors();
        routes = JsonRoute.Compile(new JsonPublishConfig { Routes = [config], Timestamp = timestamp }, ConfigPath.Root, errors);
        return errors;
    }

    public static IReadOnlyList<(string Topic, string Payload)> Render(JsonRoute route, Action<ReadingBatch> fill)
    {
        PlantDefinition definition = PlantBuffer.Define("℃");
        var batch = new ReadingBatch();
        fill(batch);
        var plan = new RoutePlan(route, definition, new JsonNames(definition, Identity), Identity);
        var encoder = new JsonEncoder(new JsonSink());
        var messages = new List<(string, string)>();
        plan.Take(batch);
        for (int at = 0; plan.TryNext(batch, ref at, out ReadOnlySpan<int> message);)
        {
            encoder.Encode(route.Template, plan.Names, route.Group, batch, message);
            string payload = Encoding.UTF8.GetString(encoder.Sink.Written.Span);
            using var parsed = JsonDocument.Parse(payload);
            messages.Add((Encoding.UTF8.GetString(plan.TopicOf(batch.Readings[message[0]])), payload));
        }

        return messages;
    }

    private static string[] Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];
}
