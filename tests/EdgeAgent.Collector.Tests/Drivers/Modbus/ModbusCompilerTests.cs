using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.Modbus;
using EdgeAgent.Collector.Tests.Agent;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Drivers.Modbus;

public sealed class ModbusCompilerTests
{
    [Fact]
    public void Every_error_of_an_endpoint_is_told_at_once()
    {
        ConfigErrors errors = Compile("modbus-tcp", """{"host":"not a host","framing":"rtu","maxInFlight":8,"pauseMs":5,"registration":"x"}""",
            """{"order":"ABDC","encoding":"ebcdic","registersMax":10}""",
            new TagConfig { Name = "a", Address = "zz:1" },
            new TagConfig { Name = "b", Address = "co:1", Type = TagType.Float32 },
            new TagConfig { Name = "c", Address = "hr:1.3", Bit = 4 },
            new TagConfig { Name = "d", Address = "hr:1", Type = TagType.String },
            new TagConfig { Name = "e", Address = "hr:1", Type = TagType.String, Length = 22 },
            new TagConfig { Name = "f", Address = "hr:65535", Type = TagType.Float32 },
            new TagConfig { Name = "g", Address = "hr:1", Type = TagType.Float32, Order = "ACBD" },
            new TagConfig { Name = "h", Address = "hr:1", Bit = 17 },
            new TagConfig { Name = "i", Address = "hr:1", Type = TagType.Float32, Bit = 1 },
            new TagConfig { Name = "j", Address = "hr:1", Length = 2 });
        string[] expected =
        [
            "settings.host", "settings.framing", "settings.maxInFlight", "settings.maxInFlight", "settings.registration",
            "devices[0].settings.order", "devices[0].settings.encoding",
            "tags[0].address", "tags[1].type", "tags[2].bit", "tags[3].length", "tags[4].length", "tags[5].address", "tags[6].order",
            "tags[7].bit", "tags[8].type", "tags[9].length",
        ];
        const string root = "$.agent.endpoints[0].";
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            errors.Select(error => error.Path[root.Length..].Replace("devices[0].tags", "tags", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(errors, error => Assert.NotEmpty(error.Expected));
    }

    [Fact]
    public void Unknown_settings_are_refused()
    {
        ConfigErrors errors = Compile("modbus-tcp", """{"host":"10.0.0.1","hots":1}""", """{"slave":1}""");
        Assert.Equal(2, errors.Count);
    }

    [Theory]
    [InlineData("modbus-rtu", "{}", "settings.serial")]
    [InlineData("modbus-rtu", """{"serial":{"port":"COM3"}}""", "settings.serial.port")]
    [InlineData("modbus-rtu", """{"serial":{"port":"/dev/ttyUSB0","dataBits":7}}""", "settings.serial.dataBits")]
    [InlineData("modbus-rtu", """{"serial":{"port":"/dev/ttyUSB0","baudRate":100}}""", "settings.serial.baudRate")]
    [InlineData("modbus-rtu", """{"serial":{"port":"/dev/ttyUSB0"},"host":"10.0.0.1"}""", "settings.host")]
    [InlineData("modbus-rtu", """{"serial":{"port":"/dev/ttyUSB0"},"framing":"ascii"}""", "settings.framing")]
    [InlineData("modbus-rtu", """{"serial":{"port":"/dev/ttyUSB0"},"maxInFlight":2}""", "settings.maxInFlight")]
    [InlineData("modbus-tcp", """{"host":"10.0.0.1","serial":{"port":"/dev/ttyUSB0"}}""", "settings.serial")]
    public void Settings_of_a_serial_line_are_checked(string driver, string settings, string place)
    {
        ConfigErrors errors = Compile(driver, settings, "{}");
        Assert.Equal(["$.agent.endpoints[0]." + place], errors.Select(error => error.Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(248)]
    public void Unit_ids_that_no_device_on_a_line_may_have_are_refused(int unitId)
    {
        ConfigErrors errors = Compile("modbus-rtu", """{"serial":{"port":"/dev/ttyUSB0"}}""", $$"""{"unitId":{{unitId}}}""");
        Assert.Equal("$.agent.endpoints[0].devices[0].settings.unitId", Assert.Single(errors).Path);
    }

    [Theory]
    [InlineData("modbus-tcp", """{"host":"10.0.0.5"}""", "modbus-tcp://10.0.0.5:502/1")]
    [InlineData("modbus-rtu-over-tcp", """{"host":"gw","port":4001}""", "modbus-rtu-over-tcp://gw:4001/1")]
    [InlineData("modbus-rtu-over-tcp", """{"host":"gw","port":4001,"framing":"ascii"}""", "modbus-rtu-over-tcp://gw:4001/1")]
    [InlineData("modbus-rtu", """{"serial":{"port":"/dev/ttyUSB0"}}""", "modbus-rtu:///dev/ttyUSB0/1")]
    [InlineData("modbus-ascii", """{"serial":{"port":"/dev/ttyUSB0","baudRate":19200}}""", "modbus-ascii:///dev/ttyUSB0/1")]
    [InlineData("modbus-udp", """{"host":"10.0.0.5"}""", "modbus-udp://10.0.0.5:502/1")]
    [InlineData("modbus-listen", """{"port":8502,"registration":"hex:01 0A"}""", "modbus-listen://0.0.0.0:8502/010a/1")]
    public void Every_route_has_its_address(string driver, string settings, string address)
    {
        Assert.True(DriverRegistry.CreateDefault().TryGet(driver, out IDriverFactory? factory));
        var errors = new ConfigErrors();
        IEndpointPlan? plan = factory.Compile(Endpoint(driver, settings, "{}", []), ConfigPath.Root, errors);
        Assert.Empty(errors);
        Assert.Equal(address, plan!.Devices[0].Address);
    }

    [Fact]
    public void Without_a_type_a_register_is_unsigned_and_a_coil_a_boolean()
    {
        var errors = new ConfigErrors();
        IEndpointPlan plan = ModbusDriverFactory.Tcp.Compile(Endpoint("modbus-tcp", """{"host":"h"}""", "{}",
            [new TagConfig { Name = "a", Address = "40001" }, new TagConfig { Name = "b", Address = "00001" }, new TagConfig { Name = "c", Address = "40001.5" }]),
            ConfigPath.Root, errors)!;
        Assert.Equal([ValueKind.UInt64, ValueKind.Boolean, ValueKind.Boolean], plan.Devices[0].RawKinds);
    }

    private static ConfigErrors Compile(string driver, string endpoint, string device, params TagConfig[] tags)
    {
        Assert.True(DriverRegistry.CreateDefault().TryGet(driver, out IDriverFactory? factory));
        var errors = new ConfigErrors();
        Assert.Null(factory.Compile(Endpoint(driver, endpoint, device, tags), ConfigPath.Root.Member("agent").Member("endpoints").Index(0), errors));
        return errors;
    }

    private static EndpointConfig Endpoint(string driver, string settings, string device, TagConfig[] tags) => new()
    {
        Name = "e",
        Driver = driver,
        Settings = AgentFixture.Json(settings),
        Devices = [new DeviceConfig { Name = "d", Settings = AgentFixture.Json(device), Tags = tags }],
    };
}
