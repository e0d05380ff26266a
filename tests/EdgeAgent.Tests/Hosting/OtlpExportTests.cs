using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting.Telemetry;
using EdgeAgent.TestKit;
using EdgeAgent.Tests.Web;
using EdgeAgent.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Hosting;

/// <summary>Metrics by OTLP, as a receiver sees them.</summary>
public sealed class OtlpExportTests
{
    [Fact]
    public async Task The_metrics_of_the_page_arrive_with_their_labels_units_and_who_sends_them()
    {
        using var receiver = new OtlpReceiver();
        var time = new FakeTimeProvider();
        var source = new FixedStatus();
        var config = new OtlpConfig
        {
            Endpoint = receiver.Address + "v1/metrics",
            Headers = new Dictionary<string, Secret> { ["Authorization"] = new Secret("Bearer with space, comma") },
        };
        using var export = new OtlpExport(config, "plant/gw-01", source, time, NullLogger<OtlpExport>.Instance);
        await export.StartAsync(default);
        await Eventually.TrueAsync(() => (receiver.Problem ?? export.ExecuteTask?.Exception) is { } problem ? throw problem : !receiver.Requests.IsEmpty, "the first export arrives");
        receiver.Requests.TryDequeue(out OtlpReceiver.Request? first);
        Assert.Equal(("/v1/metrics", "Bearer with space, comma"), (first!.Path, first.Authorization));
        Assert.Equal(("edgeagent", "plant/gw-01"), (first.Resource["service.name"], first.Resource["service.instance.id"]));
        OtlpReceiver.Point good = first.Points.Single(point => point.Metric == "edgeagent_readings_good");
        Assert.Equal((true, 50d, "press-01"), (good.IsMonotonicSum, good.Value, good.Attributes["device"]));
        OtlpReceiver.Point memory = first.Points.Single(point => point.Metric == "edgeagent_resident_memory_bytes");
        Assert.Equal((false, 50_000_000d, "By"), (memory.IsMonotonicSum, memory.Value, memory.Unit));
        Assert.Equal(SamplesOf(MetricsPage.Write(source.Status, source.Devices)), first.Points.Count);

        // A receiver that fails is no failure of the program, and the next export comes.
        receiver.Answer = 400;
        time.Advance(TimeSpan.FromSeconds(config.IntervalSeconds));
        receiver.Answer = 200;
        source.Devices = [];
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(config.IntervalSeconds));
                return receiver.Requests.TryDequeue(out OtlpReceiver.Request? next) && next.Points.All(point => !point.Attributes.ContainsKey("device"));
            },
            "a device that is gone is not told of any more");
        await export.StopAsync(default);
        Assert.True(export.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData("""{ "endpoint": "collector:4318" }""", "endpoint")]
    [InlineData("""{ "endpoint": "http://127.0.0.1:4318/v1/metrics", "headers": { "a b": "c" } }""", "headers")]
    [InlineData("""{ "endpoint": "http://127.0.0.1:4318/v1/metrics", "intervalSeconds": 0 }""", "intervalSeconds")]
    public void A_wrong_setting_is_told_with_its_place(string otlp, string member)
    {
        using var directory = new TempDirectory();
        string file = directory.File("agent.json");
        File.WriteAllText(file, $$"""{ "site": "s", "broker": { "listen": "127.0.0.1:0" }, "telemetry": { "otlp": {{otlp}} } }""");
        Assert.Contains(EdgeAgent.Hosting.ConfigLoading.Load(file).Errors, error => error.ToString().Contains(member, StringComparison.Ordinal));
    }

    private static int SamplesOf(string page) => page.Split('\n').Count(line => line.Length > 0 && line[0] != '#');
}
