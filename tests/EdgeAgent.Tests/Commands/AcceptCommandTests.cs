using System.Text.Json;
using EdgeAgent.Commands;
using EdgeAgent.Simulation;
using EdgeAgent.Simulation.OpcUa;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Commands;

public sealed class AcceptCommandTests : IAsyncLifetime
{
    private const string Power = """{ "name": "power", "address": "ir:12", "type": "float32", "order": "CDAB", "unit": "kW", "min": -1000, "max": 1000, "scan": "fast" }""";

    private readonly TempDirectory _directory = new();
    private SimulatedPlant _plant = null!;

    private string RecordFile => _directory.File("record.json");

    private string KeyFile => Path.Combine(_directory.File("data"), "agent.pub");

    public async Task InitializeAsync() => _plant = await SimulatedPlant.StartAsync(
        new SimulationConfig
        {
            Endpoints = [new SimulatedEndpointConfig { Name = "a", Listen = "127.0.0.1:0", Units = [new SimulatedUnitConfig { UnitId = 1, Machine = "energy-meter" }] }],
        },
        TimeProvider.System);

    public async Task DisposeAsync()
    {
        await _plant.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_device_that_answers_as_configured_is_accepted_and_the_record_can_be_verified()
    {
        // A period that a busy machine can keep: the mean may be a fifth longer.
        CommandLineRun run = await AcceptAsync(Power, intervalMs: 1000);

        Assert.True(run.ExitCode == ExitCodes.Done, run.Error + run.Out);
        Assert.Contains("3/3 good", run.Out);
        Assert.Contains("vendor: EdgeAgent Simulator", run.Out);
        Assert.Contains("SIMULATED", run.Out);
        using JsonDocument record = JsonDocument.Parse(await File.ReadAllTextAsync(RecordFile));
        Assert.Equal("A-101", record.RootElement.GetProperty("asset").GetString());
        Assert.True(record.RootElement.GetProperty("isSimulated").GetBoolean());
        JsonElement tag = record.RootElement.GetProperty("tags")[0];
        Assert.Equal(3, tag.GetProperty("readings").GetInt32());
        Assert.Equal(1000, tag.GetProperty("askedMs").GetInt32());
        Assert.True(tag.GetProperty("achievedMs").GetDouble() > 0);

        CommandLineRun verified = await CommandLineRun.OfAsync("accept", "verify", RecordFile, "--key", KeyFile);
        Assert.True(verified.ExitCode == ExitCodes.Done, verified.Error);
        Assert.Contains("The signature holds; made by agent gw of site plant.", verified.Out);
    }

    [Fact]
    public async Task A_changed_record_does_not_hold()
    {
        await AcceptAsync(Power);
        await File.WriteAllTextAsync(RecordFile, (await File.ReadAllTextAsync(RecordFile)).Replace("A-101", "A-102", StringComparison.Ordinal));

        CommandLineRun verified = await CommandLineRun.OfAsync("accept", "verify", RecordFile, "--key", KeyFile);

        Assert.Equal(ExitCodes.DoesNotHold, verified.ExitCode);
        Assert.Contains("changed after it was signed", verified.Error);
    }

    [Fact]
    public async Task A_tag_that_the_device_refuses_refuses_the_device_and_is_recorded()
    {
        CommandLineRun run = await AcceptAsync(Power + """, { "name": "nowhere", "address": "ir:4000", "scan": "fast" }""");

        Assert.Equal(ExitCodes.DoesNotHold, run.ExitCode);
        Assert.Matches(@"Refused\s+nowhere\s+0/3 good.*3 of 3 bad: BadOutOfService", run.Out);
        Assert.Contains("meter: refused.", run.Out);
        Assert.True(File.Exists(RecordFile + ".sig"));
    }

    [Fact]
    public async Task A_value_outside_of_its_limits_is_refused_with_what_was_seen()
    {
        CommandLineRun run = await AcceptAsync("""{ "name": "power", "address": "ir:12", "type": "float32", "order": "CDAB", "min": -2, "max": -1, "scan": "fast" }""");

        Assert.Equal(ExitCodes.DoesNotHold, run.ExitCode);
        Assert.Contains("3 of 3 outside of -2 to -1, seen ", run.Out);
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_refused_with_the_reason()
    {
        CommandLineRun run = await AcceptAsync(Power, port: FreePort.Tcp());

        Assert.Equal(ExitCodes.DoesNotHold, run.ExitCode);
        Assert.Contains("Problem: ", run.Out);
        Assert.Contains("BadNotConnected", run.Out);
    }

    [Fact]
    public async Task A_device_that_is_not_in_the_configuration_is_bad_usage()
    {
        CommandLineRun run = await AcceptAsync(Power, device: "press-99");

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("There is no device press-99; the configuration has meter.", run.Error);
    }

    [Fact]
    public async Task An_opc_ua_server_tells_its_build()
    {
        await using SimulatedPlant plant = await SimulatedPlant.StartAsync(
            new SimulationConfig
            {
                OpcUa = [new SimulatedOpcUaConfig { Name = "u", Listen = "127.0.0.1:0", Security = ["none"], Machines = [new SimulatedOpcUaMachineConfig { Name = "press-1", Machine = "press" }] }],
            },
            TimeProvider.System);
        foreach (string mode in new[] { "subscribe", "poll" })
        {
            string file = _directory.File("ua.json");
            await File.WriteAllTextAsync(file, $$"""
                { "site": "plant", "agent": { "id": "gw", "dataDirectory": "data", "endpoints": [
                    { "name": "line", "driver": "opc-ua", "settings": { "endpoints": [ "opc.tcp://127.0.0.1:{{plant.Endpoints["u"].Port}}" ], "securityMode": "none", "monitoring": { "mode": "{{mode}}" } },
                      "devices": [ { "name": "press", "tags": [ { "name": "power", "address": "nsu=urn:edgeagent:simulator:plant;s=press-1.Power" } ] } ] } ] } }
                """);
            CommandLineRun run = await CommandLineRun.OfAsync("accept", file, "press", "--count", "1", "--out", RecordFile);
            Assert.True(run.ExitCode == ExitCodes.Done, run.Error + run.Out);
            using JsonDocument record = JsonDocument.Parse(await File.ReadAllTextAsync(RecordFile));
            Assert.Equal("EdgeAgent Simulator", record.RootElement.GetProperty("identity").GetProperty("product").GetString());
            Assert.Equal("EdgeAgent Simulator", record.RootElement.GetProperty("identity").GetProperty("manufacturer").GetString());
        }
    }

    private async Task<CommandLineRun> AcceptAsync(string tags, int? port = null, string device = "meter", int intervalMs = 200)
    {
        string file = _directory.File("agent.json");
        await File.WriteAllTextAsync(file, $$"""
            { "site": "plant", "agent": { "id": "gw", "dataDirectory": "data", "scanClasses": { "fast": { "intervalMs": {{intervalMs}} } }, "endpoints": [
                { "name": "line", "driver": "modbus-tcp", "settings": { "host": "127.0.0.1", "port": {{port ?? _plant.Endpoints["a"].Port}} },
                  "devices": [ { "name": "meter", "asset": "A-101", "settings": { "unitId": 1 }, "tags": [ {{tags}} ] } ] } ] } }
            """);
        return await CommandLineRun.OfAsync("accept", file, device, "--count", "3", "--out", RecordFile);
    }
}
