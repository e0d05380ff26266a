using System.Net.Http.Json;
using System.Text.Json;
using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.Simulation;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Tests.Hosting;

/// <summary>The composed process inside the test: broker, hub and agent from one configuration file.</summary>
public sealed class EdgeHostTests : IAsyncLifetime
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly TempDirectory _directory = new();
    private SimulatedPlant _plant = null!;

    public async Task InitializeAsync() => _plant = await SimulatedPlant.StartAsync(
        new SimulationConfig
        {
            Endpoints = [new SimulatedEndpointConfig { Name = "a", Listen = "127.0.0.1:0", Units = [new SimulatedUnitConfig { UnitId = 1, Machine = "counters", Registers = 10 }] }],
        },
        TimeProvider.System);

    public async Task DisposeAsync()
    {
        await _plant.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Readings_go_from_device_to_store_and_the_pages_tell_it()
    {
        using CancellationTokenSource stop = new();
        await using EdgeHost host = EdgeHost.Build(Load(), new EdgeHostOptions(TimeProvider.System, LevelLeast: LogLevel.Warning));
        Task<int> run = host.RunAsync(stop.Token);
        await host.Hub!.Store.FirstStored.WaitAsync(Hang);
        using HttpClient http = new() { BaseAddress = new Uri(host.WebAddress!) };

        JsonElement status = await http.GetFromJsonAsync<JsonElement>("/api/status");
        JsonElement values = await http.GetFromJsonAsync<JsonElement>("/api/values?device=press-01");
        string metrics = await http.GetStringAsync("/metrics");
        await Eventually.TrueAsync(async () => (await http.GetAsync("/health/ready")).IsSuccessStatusCode, "the process is ready");
        await stop.CancelAsync();

        Assert.Equal(ExitCodes.Done, await run.WaitAsync(Hang));
        Assert.True(status.GetProperty("hub").GetProperty("storedReadings").GetInt64() > 0);
        Assert.True(status.GetProperty("simulated").GetBoolean());
        Assert.Equal("simulated", values[0].GetProperty("provenance").GetString());
        Assert.Contains("edgeagent_device_online{endpoint=\"line\",device=\"press-01\"} 1", metrics);
    }

    [Fact]
    public async Task A_data_directory_that_another_agent_uses_is_a_failure_and_no_crash()
    {
        using CancellationTokenSource stop = new();
        await using EdgeHost first = EdgeHost.Build(Load(), new EdgeHostOptions(TimeProvider.System, LevelLeast: LogLevel.None));
        Task<int> running = first.RunAsync(stop.Token);
        await first.Roles.Started.WaitAsync(Hang);

        await using EdgeHost second = EdgeHost.Build(Load(), new EdgeHostOptions(TimeProvider.System, LevelLeast: LogLevel.None));
        int code = await second.RunAsync(CancellationToken.None).WaitAsync(Hang);
        await stop.CancelAsync();

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Equal(ExitCodes.Done, await running.WaitAsync(Hang));
    }

    private LoadedConfig Load()
    {
        int broker = FreePort.Tcp();
        string file = _directory.File("all.json");
        File.WriteAllText(file, $$"""
            { "site": "plant", "web": { "listen": "127.0.0.1:0", "anonymous": "state" }, "broker": { "listen": "127.0.0.1:{{broker}}" },
              "hub": { "dataDirectory": "hub", "store": { "kind": "sqlite", "path": "hub/store" } },
              "agent": { "id": "gw", "dataDirectory": "agent", "scanClasses": { "normal": { "intervalMs": 100 } },
                "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:{{broker}}" ] } ],
                "endpoints": [ { "name": "line", "driver": "modbus-tcp", "settings": { "host": "127.0.0.1", "port": {{_plant.Endpoints["a"].Port}} },
                  "devices": [ { "name": "press-01", "tags": [ { "name": "count", "address": "hr:0", "type": "uint16" } ] } ] } ] } }
            """);
        return ConfigLoading.Load(file);
    }
}
