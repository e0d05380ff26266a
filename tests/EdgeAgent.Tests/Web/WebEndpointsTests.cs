using System.Net;
using System.Text.Json;

namespace EdgeAgent.Tests.Web;

public sealed class WebEndpointsTests
{
    [Fact]
    public async Task Live_while_the_process_runs()
    {
        await using WebServer server = await WebServer.StartAsync(new FixedStatus { ReasonsNotReady = ["the disk is full"] });

        Assert.Equal("live\n", await server.Client.GetStringAsync("/health/live"));
    }

    [Fact]
    public async Task Ready_says_why_not()
    {
        FixedStatus status = new();
        await using WebServer server = await WebServer.StartAsync(status);
        HttpResponseMessage ready = await server.Client.GetAsync("/health/ready");
        status.ReasonsNotReady = ["buffer: no space left on device"];
        HttpResponseMessage notReady = await server.Client.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, notReady.StatusCode);
        Assert.Equal("""{"ready":false,"reasons":["buffer: no space left on device"]}""", await notReady.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Metrics_follow_the_conservation_law_by_device()
    {
        await using WebServer server = await WebServer.StartAsync(new FixedStatus());

        HttpResponseMessage response = await server.Client.GetAsync("/metrics");
        string text = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("edgeagent_readings_due_total{endpoint=\"line-1\",device=\"press-01\"} 50\n", text);
        Assert.Contains("edgeagent_scan_achieved_period_seconds{endpoint=\"line-1\",device=\"press-01\"} 1.0005\n", text);
        Assert.Contains("edgeagent_read_to_store_seconds{quantile=\"0.99\"} 0.3\n", text);
        Assert.Contains("edgeagent_publisher_connected{publisher=\"hub\"} 1\n", text);
    }

    [Fact]
    public async Task Every_metric_has_a_header_once_a_unit_and_a_name_of_ours()
    {
        await using WebServer server = await WebServer.StartAsync(new FixedStatus());
        string[] lines = (await server.Client.GetStringAsync("/metrics")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        List<(string Name, string Type)> types = [.. lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => (line.Split(' ')[2], line.Split(' ')[3]))];
        Assert.Equal(types.Count, types.Select(type => type.Name).Distinct().Count());
        Assert.All(types, type => Assert.StartsWith("edgeagent_", type.Name));
        Assert.All(types.Where(type => type.Type == "counter"), type => Assert.EndsWith("_total", type.Name));
        HashSet<string> names = [.. types.Select(type => type.Name)];
        Assert.All(lines.Where(line => line[0] != '#'), line => Assert.Contains(line.Split('{', ' ')[0], names));
    }

    [Fact]
    public async Task Status_and_devices_are_json_and_absent_roles_are_null()
    {
        await using WebServer server = await WebServer.StartAsync(new FixedStatus { Status = FixedStatus.AllInOne with { Hub = null } });

        using JsonDocument status = JsonDocument.Parse(await server.Client.GetStringAsync("/api/status"));
        using JsonDocument devices = JsonDocument.Parse(await server.Client.GetStringAsync("/api/devices"));

        Assert.Equal(85, status.RootElement.GetProperty("agent").GetProperty("counts").GetProperty("buffered").GetInt64());
        Assert.Equal(JsonValueKind.Null, status.RootElement.GetProperty("hub").ValueKind);
        Assert.Equal("press-01", devices.RootElement[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Values_without_a_hub_are_not_found_and_say_where_to_ask()
    {
        await using WebServer server = await WebServer.StartAsync(new FixedStatus());

        HttpResponseMessage response = await server.Client.GetAsync("/api/values");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("hub", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_openapi_document_describes_every_path_that_is_there()
    {
        await using WebServer server = await WebServer.StartAsync(new FixedStatus());

        using JsonDocument document = JsonDocument.Parse(await server.Client.GetStringAsync("/api/openapi.json"));

        foreach (JsonProperty path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            HttpResponseMessage response = await server.Client.GetAsync(path.Name);
            Assert.True(response.IsSuccessStatusCode || path.Name == "/api/values", path.Name);
        }
    }
}
