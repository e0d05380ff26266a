using System.Net.Http.Headers;
using System.Text;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.TestKit;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Tests.Web.Plant;

/// <summary>A wall display for visitors: whatever is open without a login says nothing of where machines, lines, brokers and servers are.</summary>
public sealed class WithoutLoginTests : IAsyncLifetime
{
    private const string Machine = "127.77.88.99", Line = "ttyNOSUCH7", Broker = "127.77.88.98", Copy = "127.77.88.97";

    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly TempDirectory _directory = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client = new() { Timeout = Hang };
    private EdgeHost _host = null!;
    private Task _running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        string file = _directory.File("all.json");
        int broker = FreePort.Tcp();
        await File.WriteAllTextAsync(file, $$"""
            { "site": "plant", "web": { "listen": "127.0.0.1:0", "anonymous": "state" }, "broker": { "listen": "127.0.0.1:{{broker}}" },
              "hub": { "dataDirectory": "hub", "store": { "kind": "sqlite", "path": "hub/store" }, "ledger": "ledger.csv", "forward": [ { "name": "copy", "url": "http://{{Copy}}:1/write" } ] },
              "agent": { "id": "gw", "dataDirectory": "agent",
                "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:{{broker}}" ] }, { "name": "elsewhere", "brokers": [ "mqtt://{{Broker}}:1" ] } ],
                "endpoints": [
                  { "name": "over-ethernet", "driver": "modbus-tcp", "settings": { "host": "{{Machine}}", "port": 1 },
                    "devices": [ { "name": "press", "asset": "A-1", "settings": { "unitId": 1 }, "tags": [ { "name": "count", "address": "hr:0", "type": "uint16" } ] } ] },
                  { "name": "over-a-line", "driver": "modbus-rtu", "settings": { "serial": { "port": "/dev/{{Line}}" } },
                    "devices": [ { "name": "meter", "settings": { "unitId": 1 }, "tags": [ { "name": "energy", "address": "hr:0", "type": "uint16" } ] } ] } ] } }
            """);
        await File.WriteAllTextAsync(_directory.File("ledger.csv"), "资产编号,设备名称,设备类别,状态,投用日期\r\nA-1,压机,生产设备,在用,2020-01-01\r\n");
        LoadedConfig loaded = ConfigLoading.Load(file);
        Assert.Empty(loaded.Errors);
        _host = EdgeHost.Build(loaded, new EdgeHostOptions(TimeProvider.System, ReloadFrom: file, LevelLeast: LogLevel.Critical));
        _running = _host.RunAsync(_stop.Token);
        await _host.Roles.Started.WaitAsync(Hang);
        _client.BaseAddress = new Uri(_host.WebAddress!);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _host.DisposeAsync();
        _client.Dispose();
        _stop.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task No_answer_without_a_login_holds_an_address_of_a_machine_a_line_a_broker_or_a_server()
    {
        string viewer = _host.Access!.Tokens.Create("viewer", "plant", AccessRole.Viewer, TimeSpan.FromDays(1)).Text;
        // Until both devices have said why they cannot be read: their sentences hold what must not be told.
        string known = "";
        await Eventually.TrueAsync(
            async () =>
            {
                string press = await ReadAsync("/api/plant/devices/gw/press", viewer), meter = await ReadAsync("/api/plant/devices/gw/meter", viewer), status = await ReadAsync("/api/status", viewer);
                known = $"{press}\n{meter}\n{status}";
                return press.Split(Machine).Length > 2 && meter.Split(Line).Length > 2 && status.Contains(Broker, StringComparison.Ordinal);
            },
            () => $"somebody who is logged in reads the addresses and what is wrong with them: {known}");
        string topology = await ReadAsync("/api/plant/topology", viewer);
        Assert.All([Machine, Line, Broker], address => Assert.Contains(address, topology, StringComparison.Ordinal));

        List<string> told = [], asked = [];
        foreach (ApiEndpoint endpoint in Endpoints().Where(e => e.Method == "GET" && e.Permission is AccessPermission.ReadState or AccessPermission.Anyone))
        {
            foreach (string address in AddressesOf(endpoint))
            {
                string answer = await ReadAsync(address, token: null);
                asked.Add(address);
                told.AddRange(new[] { Machine, Line, Broker, Copy }.Where(where => answer.Contains(where, StringComparison.Ordinal)).Select(where => $"{address} tells {where}: {answer}"));
            }
        }

        Assert.True(told.Count == 0, string.Join('\n', told));
        Assert.Contains("/api/plant/topology", asked);
        // What there is stays visible: names, states, and that something is wrong.
        Assert.All(["over-ethernet", "over-a-line", "press", "meter"], name => Assert.Contains(name, ReadAsync("/api/plant/topology", null).Result, StringComparison.Ordinal));
        Assert.Contains("\"problem\":\"\"", await ReadAsync("/api/plant/devices", null), StringComparison.Ordinal);
    }

    private IEnumerable<ApiEndpoint> Endpoints() => _host.Routes.Select(r => r.Metadata.GetMetadata<ApiEndpoint>()).OfType<ApiEndpoint>();

    /// <summary>Whatever has parts in its path is asked about what there is.</summary>
    private static IEnumerable<string> AddressesOf(ApiEndpoint endpoint) => endpoint.Path switch
    {
        "/api/plant/devices/{agent}/{device}" => ["/api/plant/devices/gw/press", "/api/plant/devices/gw/meter"],
        "/api/plant/trend" or "/api/plant/trend.csv" => [endpoint.Path + "?series=gw/press/count"],
        "/api/live" => ["/api/live?topics=overview,devices,values,alarms"],
        "/api/alarms" => ["/api/alarms", "/api/alarms?state=all"],
        "/metrics" => [], // for this machine and for tokens, unless a setting opens it; it has names only, which its own tests look at
        var path when path.Contains('{') => throw new InvalidOperationException($"{path} is open without a login and this test does not know what to ask it."),
        var path => [path],
    };

    private async Task<string> ReadAsync(string path, string? token)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("X-Forwarded-For", "203.0.113.7"); // a visitor, not this machine
        using HttpResponseMessage answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            return await answer.Content.ReadAsStringAsync();
        }

        using CancellationTokenSource limit = new(Hang);
        using StreamReader stream = new(await answer.Content.ReadAsStreamAsync(limit.Token));
        StringBuilder heard = new();
        // The whole state of each topic, and what changes after it.
        for (int overviews = 0; overviews < 3;)
        {
            string line = await stream.ReadLineAsync(limit.Token) ?? throw new EndOfStreamException("The stream ended.");
            overviews += line == "event: overview" ? 1 : 0;
            heard.AppendLine(line);
        }

        Assert.All(["overview", "devices", "values", "alarms"], topic => Assert.Contains($"event: {topic}", heard.ToString(), StringComparison.Ordinal));
        return heard.ToString();
    }
}
