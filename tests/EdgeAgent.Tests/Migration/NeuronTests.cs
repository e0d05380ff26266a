using System.Text.Json;
using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Migration;

namespace EdgeAgent.Tests.Migration;

public sealed class NeuronTests
{
    private const string Project = """
        {
          "nodes": [ { "plugin": "MQTT", "name": "mqtt" }, { "plugin": "Modbus TCP", "name": "line1" }, { "plugin": "OPC UA", "name": "press" }, { "plugin": "FINS TCP", "name": "omron" } ],
          "groups": [ { "driver": "line1", "group": "fast", "interval": 100 }, { "driver": "line1", "group": "slow", "interval": 1000 }, { "driver": "press", "group": "g", "interval": 500 } ],
          "tags": [
            { "driver": "line1", "group": "fast", "tags": [
              { "name": "count", "type": 6, "address": "1!400011#BL", "attribute": 1, "precision": 0, "decimal": 0.0, "description": "good parts" },
              { "name": "temperature", "type": 3, "address": "2!300004", "attribute": 3, "precision": 1, "decimal": 0.1, "bias": -50.0 },
              { "name": "running", "type": 11, "address": "1!000006", "attribute": 5 } ] },
            { "driver": "line1", "group": "slow", "tags": [
              { "name": "fault", "type": 11, "address": "1!400010.4", "attribute": 1 },
              { "name": "energy", "type": 9, "address": "1!400101", "attribute": 1 },
              { "name": "program", "type": 13, "address": "1!400200.11L", "attribute": 1 },
              { "name": "setpoint", "type": 3, "address": "1!400300", "attribute": 2 },
              { "name": "constant", "type": 3, "address": "1!400301", "attribute": 9, "value": 5 },
              { "name": "odd", "type": 3, "address": "1!900301", "attribute": 1 } ] },
            { "driver": "press", "group": "g", "tags": [ { "name": "speed", "type": 9, "address": "2!Press.Speed", "attribute": 1 }, { "name": "time", "type": 8, "address": "0!2258", "attribute": 1 } ] }
          ],
          "subscriptions": [ { "app": "mqtt", "groups": [ { "driver": "line1", "group": "fast" } ] } ],
          "settings": [
            { "node": "line1", "params": { "connection_mode": 0, "interval": 20, "host": "192.168.1.20", "port": 1502, "timeout": 3000, "endianess": 4, "address_base": 1 } },
            { "node": "press", "params": { "url": "opc.tcp://192.168.1.30:4840", "username": "reader", "password": "secret-word" } }
          ]
        }
        """;

    [Fact]
    public async Task A_project_becomes_a_configuration_and_every_thing_that_is_not_in_it_is_told()
    {
        MigrationRun run = (await MigrationRun.OfAsync("neuron.json", Project)).InOrder();

        EndpointConfig line = run.Endpoints.Single(endpoint => endpoint.Name == "line1");
        Assert.Equal("modbus-tcp", line.Driver);
        Assert.Equal("192.168.1.20", line.Settings.GetProperty("host").GetString());
        Assert.Equal(1502, line.Settings.GetProperty("port").GetInt32());
        Assert.Equal(20, line.Settings.GetProperty("pauseMs").GetInt32());
        Assert.Equal([1, 2], line.Devices.Select(device => device.Settings.GetProperty("unitId").GetInt32()).Order());
        Assert.Equal(100, run.Loaded!.Config!.Agent!.ScanClasses[run.Tag("line1-1", "count").Scan!].IntervalMs);

        Assert.Equivalent(new { Address = "hr:10", Type = TagType.UInt32, Order = "CDAB", Description = "good parts" }, run.Tag("line1-1", "count"));
        Assert.Equivalent(new { Address = "ir:3", Type = TagType.Int16, Scale = 0.1, Offset = -50.0, Decimals = 1 }, run.Tag("line1-2", "temperature"));
        Assert.Equivalent(new { Address = "co:5", Type = TagType.Bool }, run.Tag("line1-1", "running"));
        Assert.Equivalent(new { Address = "hr:9", Bit = 4 }, run.Tag("line1-1", "fault"));
        Assert.Equivalent(new { Address = "hr:100", Type = TagType.Float32, Order = "CDAB" }, run.Tag("line1-1", "energy"));
        Assert.Equivalent(new { Address = "hr:199", Type = TagType.String, Length = 12, Order = "BA" }, run.Tag("line1-1", "program"));
        Assert.Equal("ns=2;s=Press.Speed", run.Tag("press", "speed").Address);
        Assert.Equal("i=2258", run.Tag("press", "time").Address);

        foreach (string part in (ReadOnlySpan<string>)["mqtt", "omron", "setpoint", "constant", "odd", "password of user reader", "subscription"])
        {
            Assert.Contains(run.LeftOver, line => line.Contains(part, StringComparison.Ordinal));
        }

        Assert.DoesNotContain("secret-word", run.Run.Out + run.Run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Loaded.Config!.Agent!.Endpoints, endpoint => endpoint.Settings.ToString().Contains("secret-word", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_of_tags_is_read_and_the_missing_address_is_told()
    {
        const string Table = "group,interval,name,address,attribute,type,description,decimal,precision,bias\ng1,2000,温度,1!400001,Read,INT16,一区,0.1,1,\ng1,2000,开关,1!400002.3,\"Read,Write\",BIT,,,,\n";
        MigrationRun run = (await MigrationRun.OfAsync("line.csv", Table)).InOrder();
        Assert.Equivalent(new { Address = "hr:0", Scale = 0.1, Description = "一区", Scan = "every-2s" }, run.Tag("line-1", "温度"));
        Assert.Equal(3, run.Tag("line-1", "开关").Bit);
        Assert.Contains(run.LeftOver, line => line.Contains("192.0.2.1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1!400001", TagType.Int16, "hr:0", null, null)]
    [InlineData("1!400001#B", TagType.UInt16, "hr:0", "BA", null)]
    [InlineData("1!300004#LB", TagType.UInt32, "ir:3", "BADC", null)]
    [InlineData("1!300004#BB", TagType.Float32, "ir:3", "DCBA", null)]
    [InlineData("247!465536", TagType.Int16, "hr:65535", null, null)]
    [InlineData("2!400001.15", TagType.Bool, "hr:0", null, 15)]
    public void Addresses_mean_the_same_register(string text, TagType type, string address, string? order, int? bit)
    {
        Assert.True(NeuronModbusAddress.TryParse(text, type, 1, out NeuronModbusAddress read, out _));
        Assert.Equal((address, order, bit), (read.Text, read.Order, read.Bit));
    }

    [Theory]
    [InlineData("400001")]
    [InlineData("1!500001")]
    [InlineData("1!400000")]
    [InlineData("1!400001#XY")]
    [InlineData("256!400001")]
    [InlineData("1!400001.16")]
    [InlineData("!")]
    public void What_is_no_address_is_refused(string text) => Assert.False(NeuronModbusAddress.TryParse(text, TagType.Int16, 1, out _, out string problem) || problem.Length == 0);

    [Fact]
    public async Task Nothing_is_written_over()
    {
        using TestKit.TempDirectory directory = new();
        string file = directory.File("neuron.json");
        await File.WriteAllTextAsync(file, Project);
        await File.WriteAllTextAsync(directory.File("agent.json"), "mine");
        Commands.CommandLineRun run = await Commands.CommandLineRun.OfAsync("migrate", file, "--out", directory.Path);
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(directory.File("agent.json")));
    }

    [Fact]
    public async Task A_broken_file_is_told_with_its_line()
    {
        MigrationRun run = await MigrationRun.OfAsync("neuron.json", "{ \"nodes\": [\n oops ] }", "--from", "neuron");
        Assert.Equal(ExitCodes.BadUsage, run.Run.ExitCode);
        Assert.Contains("line 2", run.Run.Error, StringComparison.Ordinal);
        Assert.Null(run.Loaded);
    }
}
