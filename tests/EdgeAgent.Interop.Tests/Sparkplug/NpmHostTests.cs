using System.Text.Json;
using EdgeAgent.Collector.Publishing.Sparkplug;
using EdgeAgent.Collector.Tests.Publishing;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Interop.Tests.Mqtt;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Interop.Tests.Sparkplug;

/// <summary>Our edge node at mosquitto, as npm's sparkplug-payload decodes it in a process of its own, over a rebirth, a killed broker and a killed host.</summary>
public sealed class NpmHostTests
{
    [PartnerTheory("mosquitto", "node")]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_host_of_others_reads_births_data_history_and_deaths(int version)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using PartnerProcess host = PartnerProcess.Start("node", [RepositoryRoot.Combine("tests", "partners", "sparkplug_host.mjs"), $"{broker.Port}", "npm-host"]);
        await using var plant = new PlantBuffer(["scada"]);
        await using var node = new SparkplugPublisher(
            new PublisherConfig
            {
                Name = "scada",
                Format = PublishFormat.Sparkplug,
                Brokers = [$"mqtt://127.0.0.1:{broker.Port}"],
                ProtocolVersion = version,
                ConnectTimeoutMs = 2000,
                Sparkplug = new SparkplugConfig { PrimaryHost = "npm-host", ConfirmAfterMs = 1000, TypesInData = true },
            },
            plant.Identity, plant.Buffer, TimeProvider.System, NullLogger<SparkplugPublisher>.Instance);
        plant.AppendAll(count: 42);
        node.Announce(plant.Plant);
        node.Start();

        await Eventually.TrueAsync(() => Of(host, "NBIRTH").Count == 2 && Of(host, "DBIRTH").Count == 4, $"births, and again as the host asked: {host.Output}");
        JsonElement press = Of(host, "DBIRTH").Last(message => message.GetProperty("device").GetString() == "press-01");
        Assert.Equal("6.5 Float", Value(press, "pressure"));
        Assert.Equal("42 Int64", Value(press, "count"));
        Assert.Equal("True Boolean", Value(press, "running"));
        Assert.Equal("冲床1号 String", Value(press, "name"));
        Assert.Equal("0102ff Bytes", Value(press, "blob"));
        Assert.Equal("℃", Metric(press, "pressure").GetProperty("properties").GetProperty("engUnit").GetString());
        Assert.Equal(192, Metric(press, "pressure").GetProperty("properties").GetProperty("Quality").GetInt32());
        ulong alias = ulong.Parse(Metric(press, "count").GetProperty("alias").GetString()!, System.Globalization.CultureInfo.InvariantCulture);

        for (int i = 0; i < 50; i++)
        {
            plant.AppendCount(1000 + i);
        }

        await broker.KillAsync();
        for (int i = 50; i < 100; i++)
        {
            plant.AppendCount(1000 + i);
        }

        await broker.RestartAsync();
        await Eventually.TrueAsync(() => plant.Buffer.ReadStatistics().PendingBatches == 0, $"everything is confirmed; {node.Statistics}");
        await Eventually.TrueAsync(() => Counts(host, alias).Count == 100, $"every reading is told, some twice: {node.Statistics}");
        Assert.Contains(Of(host, "DDATA"), message => message.GetProperty("metrics").EnumerateArray().Any(metric => metric.TryGetProperty("isHistorical", out JsonElement is1) && is1.ValueKind == JsonValueKind.True));

        plant.Append(batch => batch.Add(Reading.Failed(5, Quality.BadTimeout, PlantBuffer.Now)));
        await Eventually.TrueAsync(() => Of(host, "DDEATH").Count > 0, "the silent device's death");
        await Eventually.TrueAsync(() => node.Statistics.Lag == 0, "the death counts as told");
        host.Kill();
        await Eventually.TrueAsync(() => node.Statistics.Waiting, "the node waits for its host");
        plant.AppendCount(2000);
        Assert.Equal(1, node.Statistics.Lag);
    }

    private static HashSet<string> Counts(PartnerProcess host, ulong alias) =>
    [
        .. Of(host, "DDATA").SelectMany(message => message.GetProperty("metrics").EnumerateArray())
            .Where(metric => metric.GetProperty("alias").GetString() == $"{alias}" && metric.TryGetProperty("value", out JsonElement value) && $"{value}".Length == 4)
            .Select(metric => $"{metric.GetProperty("value")}"),
    ];

    private static IReadOnlyList<JsonElement> Of(PartnerProcess host, string kind) =>
    [
        .. host.Output.Split('\n').Where(line => line.StartsWith($"{{\"kind\":\"{kind}\"", StringComparison.Ordinal) && line.TrimEnd().EndsWith('}'))
            .Select(line => JsonDocument.Parse(line).RootElement),
    ];

    private static JsonElement Metric(JsonElement message, string name) =>
        message.GetProperty("metrics").EnumerateArray().Single(metric => metric.TryGetProperty("name", out JsonElement text) && text.GetString() == name);

    private static string Value(JsonElement message, string name) => $"{Metric(message, name).GetProperty("value")} {Metric(message, name).GetProperty("type")}";
}
