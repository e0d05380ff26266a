using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests.Harness;

/// <summary>One agent and one hub as processes of the built program, with their configuration and data in a directory of the test.</summary>
internal sealed class Plant : IAsyncDisposable
{
    public const string Site = "test-site";
    public const string AgentId = "gw-01";
    private const string Token = "end-to-end-token";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    /// <summary>What the configurations take from the environment.</summary>
    public static readonly IReadOnlyDictionary<string, string> Environment = new Dictionary<string, string> { ["EDGEAGENT_TEST_TOKEN"] = Token };

    private readonly TempDirectory _directory = new();
    private readonly int _agentWebPort = FreePort.Tcp();
    private readonly int _hubWebPort = FreePort.Tcp();
    private readonly PlantOptions _options;
    private PartnerProcess? _agent;
    private PartnerProcess? _hub;

    public Plant(PlantOptions options)
    {
        _options = options;
        File.WriteAllText(AgentConfigPath, AgentJson(options.Endpoints));
        File.WriteAllText(DrainConfigPath, AgentJson([]));
        File.WriteAllText(HubConfigPath, HubJson());
        File.WriteAllText(LedgerPath, "资产编号,设备名称,设备类别,状态,投用日期\nA-000,手动冲床,生产设备,在用,2024-01-01\n");
    }

    public string AgentConfigPath => _directory.File("agent.json");

    public string HubConfigPath => _directory.File("hub.json");

    public string BufferDirectory => _options.AgentDataDirectory ?? _directory.File("agent-data");

    public string HubDirectory => _directory.File("hub-data");

    /// <summary>The hub's device ledger, with one machine that has no device; a test may write its own.</summary>
    public string LedgerPath => _directory.File("ledger.csv");

    public PartnerProcess Agent => _agent!;

    public PartnerProcess Hub => _hub!;

    private string DrainConfigPath => _directory.File("drain.json");

    public async Task StartHubAsync()
    {
        _hub = PartnerProcess.Start(BuiltProgram.Path, ["run", "--config", HubConfigPath], environment: Environment);
        await ServesAsync(_hub, _hubWebPort);
    }

    public Task StartAgentAsync() => StartAgentAsync(AgentConfigPath);

    public async Task KillAgentAsync() => await _agent!.DisposeAsync();

    public async Task KillHubAsync() => await _hub!.DisposeAsync();

    /// <summary>SIGTERM; a clean stop must end within five seconds with exit code 0.</summary>
    public static async Task StopAsync(PartnerProcess process)
    {
        process.Terminate();
        await process.WaitForExitAsync(TimeSpan.FromSeconds(30));
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode} after SIGTERM:\n{process.Output}");
        await process.DisposeAsync();
    }

    public Task<JsonElement> AgentStatusAsync() => StatusAsync(_agentWebPort);

    public Task<JsonElement> HubStatusAsync() => StatusAsync(_hubWebPort);

    public async Task<JsonElement[]> AgentDevicesAsync() =>
        (await Http.GetFromJsonAsync<JsonElement[]>($"http://127.0.0.1:{_agentWebPort}/api/devices"))!;

    /// <summary>The newest stored value of every tag.</summary>
    public async Task<JsonElement[]> HubValuesAsync() =>
        (await Http.GetFromJsonAsync<JsonElement[]>($"http://127.0.0.1:{_hubWebPort}/api/values"))!;

    public Task<string> HubMetricsAsync() => Http.GetStringAsync($"http://127.0.0.1:{_hubWebPort}/metrics");

    /// <summary>Readings that the hub's store holds.</summary>
    public async Task<long> StoredAsync() =>
        (await HubStatusAsync()).GetProperty("hub").GetProperty("storedReadings").GetInt64();

    /// <summary>Waits until the store holds at least this many readings more than now.</summary>
    public async Task WaitStoredMoreAsync(long more, TimeSpan? limit = null)
    {
        long before = await StoredAsync();
        await Eventually.TrueAsync(async () => await StoredAsync() >= before + more, () => $"{more} more readings stored, {before} before\n{Told()}", limit);
    }

    /// <summary>Readings taken by the running agent since its start.</summary>
    public async Task<long> TakenAsync()
    {
        JsonElement counts = (await AgentStatusAsync()).GetProperty("agent").GetProperty("counts");
        return counts.GetProperty("good").GetInt64() + counts.GetProperty("bad").GetInt64();
    }

    public async Task WaitTakenMoreAsync(long more, TimeSpan? limit = null)
    {
        long before = await TakenAsync();
        await Eventually.TrueAsync(async () => await TakenAsync() >= before + more, () => $"{more} more readings taken\nagent: {_agent?.Output}", limit);
    }

    /// <summary>Takes every endpoint away from the running agent.</summary>
    /// <returns>Readings that were due since the agent started; from here on there are no more.</returns>
    public async Task<long> StopScanningAsync()
    {
        RewriteAgentConfig([]);
        _agent!.HangUp();
        await _agent.WaitForLineAsync("Configuration changed");
        await Eventually.TrueAsync(async () => (await AgentDevicesAsync()).Length == 0, () => $"the agent has no devices\nagent: {_agent.Output}");
        return (await AgentStatusAsync()).GetProperty("agent").GetProperty("counts").GetProperty("due").GetInt64();
    }

    /// <summary>Stops scanning, lets the agent hand over all it holds, and stops both processes, so that the books can be compared.</summary>
    public async Task SettleAsync()
    {
        if (!_agent!.HasExited)
        {
            await StopAsync(_agent);
        }

        await StartAgentAsync(DrainConfigPath);
        await Eventually.TrueAsync(
            async () =>
            {
                JsonElement buffer = (await AgentStatusAsync()).GetProperty("agent").GetProperty("buffer");
                return buffer.GetProperty("pendingBatches").GetInt64() == 0 && buffer.GetProperty("undeclaredRanges").GetInt64() == 0;
            },
            () => $"the buffer drains\nagent: {_agent!.Output}\nhub: {_hub?.Output}",
            TimeSpan.FromSeconds(120));
        await StopAsync(_agent!);
        await StopAsync(_hub!);
    }

    /// <summary>What both programs have printed so far, and how the agent says it is: for a test that fails.</summary>
    private string Told()
    {
        string status;
        try
        {
            status = Http.GetStringAsync($"http://127.0.0.1:{_agentWebPort}/api/status").GetAwaiter().GetResult();
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            status = problem.Message;
        }

        return $"agent: {_agent?.Output}\nhub: {_hub?.Output}\nthe agent's status: {status}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_agent is not null)
        {
            await _agent.DisposeAsync();
        }

        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }

        _directory.Dispose();
    }

    /// <summary>Rewrites the agent's configuration file; a running agent notices by itself.</summary>
    public void RewriteAgentConfig(IReadOnlyList<EndpointOptions> endpoints) => File.WriteAllText(AgentConfigPath, AgentJson(endpoints));

    private async Task StartAgentAsync(string config)
    {
        _agent = PartnerProcess.Start(BuiltProgram.Path, ["run", "--config", config], environment: Environment);
        await ServesAsync(_agent, _agentWebPort);
    }

    private static Task ServesAsync(PartnerProcess process, int port) => Eventually.TrueAsync(
        async () =>
        {
            Assert.False(process.HasExited, "the program ended:\n" + process.Output);
            try
            {
                return (await Http.GetAsync($"http://127.0.0.1:{port}/health/live")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        () => $"the API on port {port} answers\n{process.Output}");

    private static async Task<JsonElement> StatusAsync(int port)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                return await Http.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{port}/api/status");
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && tries < 5)
            {
            }
        }
    }

    private string AgentJson(IReadOnlyList<EndpointOptions> endpoints)
    {
        var json = new StringBuilder();
        json.Append($$"""
            {
              "site": "{{Site}}",
              "web": { "listen": "127.0.0.1:{{_agentWebPort}}", "anonymous": "state" },
              "agent": {
                "id": "{{AgentId}}",
                "dataDirectory": "{{BufferDirectory}}",
                "scanClasses": { "normal": { "intervalMs": {{_options.IntervalMs}} } },
                "buffer": { "durability": "{{_options.Durability}}", "sizeBytesMax": {{_options.BufferBytesMax}} },
                "publishers": [ { "name": "hub", "brokers": ["mqtt://127.0.0.1:{{_options.AgentBrokerPort}}"]{{(_options.HasEnrolmentToken ? """, "enrolmentToken": "${env:EDGEAGENT_TEST_TOKEN}" """ : "")}} } ],
                "endpoints": [
            """);
        json.AppendJoin(",\n", endpoints.Select(EndpointJson));
        return json.Append("] } }").ToString();
    }

    private static string EndpointJson(EndpointOptions endpoint)
    {
        IEnumerable<string> devices = Enumerable.Range(1, endpoint.Units).Select(unit => $$"""
            { "name": "{{endpoint.Name}}-unit-{{unit}}", "asset": "A-{{endpoint.Name}}-{{unit}}", "settings": { "unitId": {{unit}} }, "tags": [ {{Tags(endpoint)}} ] }
            """);
        return $$"""
            { "name": "{{endpoint.Name}}", "driver": "modbus-tcp",
              "settings": { "host": "127.0.0.1", "port": {{endpoint.Port}}, "responseTimeoutMs": {{endpoint.ResponseTimeoutMs}} },
              "devices": [ {{string.Join(",\n", devices)}} ] }
            """;
    }

    /// <summary>Tag <c>reads</c> is the counter of the counting server; the others are single registers.</summary>
    private static string Tags(EndpointOptions endpoint) => string.Join(
        ", ",
        Enumerable.Range(1, endpoint.TagsPerUnit - 1)
            .Select(r => $$"""{ "name": "r{{r + 1}}", "address": "hr:{{r + 1}}", "type": "uint16" }""")
            .Prepend("""{ "name": "reads", "address": "hr:0", "type": "uint32" }"""));

    private string HubJson() => $$"""
        {
          "site": "{{Site}}",
          "web": { "listen": "127.0.0.1:{{_hubWebPort}}", "anonymous": "state" },
          "hub": {
            "dataDirectory": "{{HubDirectory}}",
            "store": {{_options.StoreJson ?? $$"""{ "kind": "sqlite", "path": "{{HubDirectory}}/store" }"""}},
            "broker": { "brokers": ["mqtt://127.0.0.1:{{_options.HubBrokerPort}}"] },
            "enrolmentTokens": ["${env:EDGEAGENT_TEST_TOKEN}"],
            "ledger": "{{LedgerPath}}"
          }
        }
        """;
}
