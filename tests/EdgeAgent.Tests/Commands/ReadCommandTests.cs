using System.Text.Json;
using EdgeAgent.Commands;
using EdgeAgent.Simulation;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Commands;

public sealed class ReadCommandTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private SimulatedPlant _plant = null!;

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
    public async Task Tags_are_read_once_and_printed_with_unit_and_quality()
    {
        CommandLineRun run = await ReadAsync("""{ "name": "power", "address": "ir:12", "type": "float32", "order": "CDAB", "unit": "kW" }""");

        Assert.True(run.ExitCode == ExitCodes.Done, run.Error + run.Out);
        Assert.Matches(@"meter\s+power\s+\d+[.\d]*\s+kW\s+Good", run.Out);
        Assert.Contains("1 of 1 good.", run.Out);
    }

    [Fact]
    public async Task A_tag_that_the_device_refuses_is_exit_code_3_and_says_why()
    {
        CommandLineRun run = await ReadAsync("""{ "name": "nowhere", "address": "ir:4000", "type": "uint16" }""");

        Assert.Equal(ExitCodes.DoesNotHold, run.ExitCode);
        Assert.Contains("0 of 1 good.", run.Out);
        Assert.Contains("Bad", run.Out);
    }

    [Fact]
    public async Task Guessing_marks_the_order_in_which_the_value_makes_sense()
    {
        CommandLineRun run = await ReadAsync("""{ "name": "power", "address": "ir:12" }""", "--guess");

        Assert.True(run.ExitCode == ExitCodes.Done, run.Error + run.Out);
        Assert.Matches(@"\* float32  CDAB  \d+", run.Out);
        Assert.Matches(@"float32  ABCD", run.Out);
    }

    [Fact]
    public async Task What_went_over_the_wire_is_printed_newest_first_on_demand()
    {
        CommandLineRun run = await ReadAsync("""{ "name": "nowhere", "address": "ir:4000", "type": "uint16" }""", "--frames");

        Assert.Equal(ExitCodes.DoesNotHold, run.ExitCode);
        Assert.Matches(@"meter:\r?\n(.*\r?\n)+  \d\d:\d\d:\d\d\.\d{3}Z <-- +9 bytes  exception 2 \(IllegalDataAddress\) to input registers\r?\n +[0-9A-F]{2} [0-9A-F]{2} 00 00 00 03 01 84 02", run.Out);
        Assert.Matches(@"--> +12 bytes  read input registers from 4000, 1 of them\r?\n +[0-9A-F]{2} [0-9A-F]{2} 00 00 00 06 01 04 0F A0 00 01", run.Out);
    }

    [Fact]
    public async Task Json_has_frames_only_on_demand()
    {
        const string Tag = """{ "name": "power", "address": "ir:12", "type": "float32", "order": "CDAB" }""";
        Assert.False(JsonDocument.Parse((await ReadAsync(Tag, "--json")).Out).RootElement[0].TryGetProperty("frames", out _));

        JsonElement frames = JsonDocument.Parse((await ReadAsync(Tag, "--json", "--frames")).Out).RootElement[0].GetProperty("frames");
        Assert.Contains(frames.EnumerateArray(), frame => frame.GetProperty("sent").GetBoolean() && frame.GetProperty("hex").GetString()!.EndsWith("0006" + "0104000C0002", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_is_not_in_the_configuration_is_bad_usage()
    {
        CommandLineRun run = await ReadAsync("""{ "name": "power", "address": "ir:12" }""", "--device", "press-99");

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("press-99", run.Error);
    }

    private async Task<CommandLineRun> ReadAsync(string tag, params string[] options)
    {
        string file = _directory.File("agent.json");
        await File.WriteAllTextAsync(file, $$"""
            { "site": "plant", "agent": { "id": "gw", "endpoints": [
                { "name": "line", "driver": "modbus-tcp", "settings": { "host": "127.0.0.1", "port": {{_plant.Endpoints["a"].Port}} },
                  "devices": [ { "name": "meter", "settings": { "unitId": 1 }, "tags": [ {{tag}} ] } ] } ] } }
            """);
        return await CommandLineRun.OfAsync(["read", file, .. options]);
    }
}
