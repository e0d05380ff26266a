using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Tests.Agent;

public sealed class LineRulesTests
{
    [Fact]
    public void A_line_belongs_to_one_endpoint()
    {
        ConfigErrors errors = Check(Line("a", "/dev/ttyUSB0"), Line("b", "/dev/ttyUSB1"), Line("c", "/dev/ttyUSB0", driver: "modbus-ascii"));
        ConfigError error = Assert.Single(errors);
        Assert.Equal("$.agent.endpoints[2].settings.serial.port", error.Path);
        Assert.Contains("belongs to the endpoint 'a' already", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_load_of_a_line_is_reckoned_from_its_frames()
    {
        LineLoad load = Assert.Single(PlantCompiler.LineLoads(Agent(Line("a", "/dev/ttyUSB0")), DriverRegistry.CreateDefault()));

        // 8 bytes there and 7 back at 9600 8N1, 3.5 characters of silence, 10 ms for the device, once a second.
        Assert.Equal(((15 + 3.5) * 10 / 9600) + 0.010, load.Utilisation, 6);
        Assert.Equal("/dev/ttyUSB0 (9600 8N1)", load.Line);
    }

    [Fact]
    public void More_than_a_line_can_carry_is_a_warning_and_no_error()
    {
        TagConfig[] tags = [.. Enumerable.Range(0, 60).Select(i => new TagConfig { Name = $"t{i}", Address = $"hr:{i * 100}", Scan = "fast" })];
        ConfigErrors errors = Check(Line("a", "/dev/ttyUSB0", tags: tags));
        Assert.Empty(errors);
        ConfigError warning = Assert.Single(errors.Warnings);
        Assert.Contains("readings will be missed", warning.Problem, StringComparison.Ordinal);
        Assert.Contains("%", warning.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_over_tcp_has_no_load_that_we_could_know()
    {
        EndpointConfig endpoint = AgentFixture.Endpoint("a", 502, AgentFixture.Device("d", 1, [AgentFixture.Tag(0)]));
        Assert.Empty(PlantCompiler.LineLoads(Agent(endpoint), DriverRegistry.CreateDefault()));
    }

    private static ConfigErrors Check(params EndpointConfig[] endpoints)
    {
        var errors = new ConfigErrors();
        PlantCompiler.Check(Agent(endpoints), DriverRegistry.CreateDefault(), errors);
        return errors;
    }

    private static AgentConfig Agent(params EndpointConfig[] endpoints) => new()
    {
        Id = "gw",
        DataDirectory = "/nowhere",
        ScanClasses = new Dictionary<string, ScanClassConfig> { ["fast"] = new() { IntervalMs = 100 } },
        Publishers = [],
        Endpoints = endpoints,
    };

    private static EndpointConfig Line(string name, string port, string driver = "modbus-rtu", TagConfig[]? tags = null) => new()
    {
        Name = name,
        Driver = driver,
        Settings = AgentFixture.Json($$"""{"serial":{"port":"{{port}}"} }"""),
        Devices = [AgentFixture.Device(name + "-1", 1, tags ?? [new TagConfig { Name = "t", Address = "hr:0" }])],
    };
}
