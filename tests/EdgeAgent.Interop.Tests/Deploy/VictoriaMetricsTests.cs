using System.Text.Json;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Store.Forward;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Interop.Tests.Deploy;

/// <summary>VictoriaMetrics takes our lines as they are, and our alert rules.</summary>
public sealed class VictoriaMetricsTests
{
    [PartnerFact("victoria-metrics")]
    public async Task A_forwarded_copy_has_every_number_with_its_time_and_names_also_after_an_outage()
    {
        await using var server = new VictoriaMetricsServer();
        using var agent = new TestAgent();
        await using var forwarder = new LineForwarder(
            new ForwardConfig { Name = "vm", Url = server.Url + "/write" }, TimeProvider.System, NullLogger<LineForwarder>.Instance);

        // Nobody listens yet: the copy waits and the store would not notice.
        StoredBatch ramp = agent.NextRamp(TestAgent.At(0), 100);
        forwarder.Take(ramp);
        await Eventually.TrueAsync(() => forwarder.Statistics.Problem is not null, "the target is away");
        await server.StartAsync();
        var mixed = new ReadingBatch();
        mixed.Add(Reading.Int64(TestPlant.Count, Quality.Good, TestAgent.At(200), -42));
        mixed.Add(Reading.Boolean(TestPlant.Running, Quality.Good, TestAgent.At(200), true));
        mixed.AddText(TestPlant.Recipe, Quality.Good, TestAgent.At(200), "配方 1");
        mixed.Add(Reading.Failed(TestPlant.Temperature, Quality.BadTimeout, TestAgent.At(200)));
        forwarder.Take(agent.Next(mixed));
        await Eventually.TrueAsync(() => forwarder.Statistics.Sent == 104, "both copies arrive");
        Assert.Equal((0L, null), (forwarder.Statistics.Dropped, forwarder.Statistics.Problem));

        IReadOnlyList<JsonElement> values = [];
        await Eventually.TrueAsync(async () => (values = await server.ExportAsync("reading_value")).Count == 1, "VictoriaMetrics shows what it took");
        JsonElement labels = values[0].GetProperty("metric");
        Assert.Equal(("plant 1", "gw-01", "press 01, left", "speed"), (labels.GetProperty("site").GetString(), labels.GetProperty("agent").GetString(),
            labels.GetProperty("device").GetString(), labels.GetProperty("tag").GetString()));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (double)i), values[0].GetProperty("values").EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal(
            ramp.Readings.Readings.ToArray().Select(r => r.SourceTicks / UnixTicks.PerMillisecond), values[0].GetProperty("timestamps").EnumerateArray().Select(t => t.GetInt64()));
        Assert.Equal(-42, (await server.ExportAsync("reading_i")).Single().GetProperty("values")[0].GetDouble());
        Assert.Equal(1, (await server.ExportAsync("reading_b")).Single().GetProperty("values")[0].GetDouble());
        JsonElement failed = (await server.ExportAsync("reading_q{tag=\"temp\"}")).Single();
        Assert.Equal(Quality.BadTimeout.Code, failed.GetProperty("values")[0].GetDouble());
    }

    [PartnerFact("victoria-metrics")]
    public async Task Every_alert_rule_is_an_expression_that_a_server_evaluates_over_our_page()
    {
        await using var server = new VictoriaMetricsServer();
        await server.StartAsync();
        await server.ImportAsync("up{job=\"edgeagent\"} 0\nedgeagent_buffer_writable 0\nedgeagent_store_available 1\n");
        string[] expressions = [.. (await File.ReadAllLinesAsync(RepositoryRoot.Combine("deploy", "prometheus", "edgeagent.rules.yaml")))
            .Where(line => line.TrimStart().StartsWith("expr: ", StringComparison.Ordinal)).Select(line => line.Trim()["expr: ".Length..])];
        Assert.True(expressions.Length >= 15);
        foreach (string expression in expressions)
        {
            (bool isRight, string said) = await server.QueryAsync(expression);
            Assert.True(isRight, $"{expression}: {said}");
        }

        Assert.True((await server.QueryAsync("rate(edgeagent_x[15m")) is (false, _), "a wrong expression would be noticed");
        await Eventually.TrueAsync(async () => (await server.QueryAsync("edgeagent_buffer_writable == 0")).Said.Contains("\"value\"", StringComparison.Ordinal), "an alert fires");
        Assert.DoesNotContain("\"value\"", (await server.QueryAsync("edgeagent_store_available == 0")).Said, StringComparison.Ordinal);
    }
}
