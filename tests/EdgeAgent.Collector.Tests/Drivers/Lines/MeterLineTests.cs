using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Collector.Tests.Agent;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Cjt188;
using EdgeAgent.Protocols.Cjt188.Server;
using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Dlt645.Server;
using EdgeAgent.Protocols.Serial.Linux;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Drivers.Lines;

/// <summary>Meters on a serial port, from the wire to stored readings.</summary>
public sealed class MeterLineTests
{
    [Fact]
    public async Task Energy_meters_end_to_end_when_they_answer_lie_stall_and_vanish()
    {
        using PseudoTerminal terminal = PseudoTerminal.Open(TimeProvider.System);
        SimulatedMeter good = Meter("000102030425");
        good.Set(0x00010000, () => 1206.42);
        good.Set(0x02020100, () => -1.5);
        SimulatedMeter other = Meter("1");
        other.Set(0x00010000, () => 0.26);
        await using var line = new SimulatedMeterLine(terminal.Line, TimeProvider.System).Add(good).Add(other);
        line.Start();
        await using var fixture = new AgentFixture();
        await fixture.StartAsync(fixture.Config(new EndpointConfig
        {
            Name = "meters",
            Driver = "dlt645",
            Settings = AgentFixture.Json($$"""{"serial":{"port":"{{terminal.Port}}","baudRate":115200},"responseTimeoutMs":100,"pauseMs":1}"""),
            Devices =
            [
                new DeviceConfig
                {
                    Name = "m1", Settings = AgentFixture.Json("""{"address":"000102030425"}"""),
                    Tags = [Tag("energy", "00010000"), Tag("current", "02020100"), Tag("no-such", "02010100")],
                },
                new DeviceConfig { Name = "m2", Settings = AgentFixture.Json("""{"address":"1"}"""), Tags = [Tag("energy", "00010000")] },
                new DeviceConfig { Name = "dead", Settings = AgentFixture.Json("""{"address":"99"}"""), Tags = [Tag("energy", "00010000")] },
            ],
        }));

        await fixture.UntilAsync(agent => Of(agent, "m1").Counts.Good >= 6 && Of(agent, "m2").Counts.Good >= 3, "both meters are read");
        await fixture.UntilAsync(agent => Of(agent, "dead").Quarantined, "the dead one is quarantined");
        AssertTalkWith("m1", "meter 000102030425");
        Assert.Contains(FramesOf("m1"), frame => frame.Meaning!.Contains("refuses", StringComparison.Ordinal));
        AssertTalkWith("m2", "meter 000000000001");
        Assert.All(FramesOf("dead"), frame => Assert.Equal((true, "ask meter 000000000099 for 00010000"), (frame.Sent, frame.Meaning)));
        Assert.NotEmpty(FramesOf("dead"));
        Assert.Contains("02010100", fixture.Device("m1").Problem, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(fixture.Agent.Snapshot().Lines).Line);

        long good1 = fixture.Device("m1").Counts.Good;
        good.Fault = MeterFault.WrongChecksum;
        await fixture.UntilAsync(agent => Of(agent, "m1").Problem?.Contains("damaged", StringComparison.Ordinal) == true, "a wrong checksum is told");
        good.Fault = MeterFault.Silent;
        await fixture.UntilAsync(agent => Of(agent, "m1").Quarantined, "a silent meter is quarantined");
        good.Fault = MeterFault.None;
        await fixture.UntilAsync(agent => Of(agent, "m1") is { Online: true } m1 && m1.Counts.Good > good1, "it comes back by itself");
        terminal.Dispose();
        await fixture.UntilAsync(agent => !Of(agent, "m2").Online, "a pulled adapter is noticed");
        await fixture.StopAsync();

        var batches = await fixture.ReadBufferAsync();
        var readings = batches.SelectMany(batch => batch.Readings.Readings.ToArray()).ToList();
        HashSet<Quality> seen = [.. readings.Select(reading => reading.Quality)];
        Assert.Superset(
            new HashSet<Quality> { Quality.Good, Quality.BadOutOfService, Quality.BadTimeout, Quality.BadDecodingError, Quality.BadNotConnected }, seen);
        double[] values = [.. readings.Where(reading => reading.Quality.IsGood).Select(reading => reading.ToDouble()).Distinct().Order()];
        Assert.Equal([-1.5, 0.26, 1206.42], values);

        IReadOnlyList<WireFrame> FramesOf(string device) => fixture.Device(device).ReadFrames!();

        // A busy machine may bring an answer after its time, when another meter is being asked: then it stands there, with its sender's address.
        void AssertTalkWith(string device, string meter)
        {
            Assert.All(FramesOf(device).Where(frame => frame.Sent), frame => Assert.Contains(meter, frame.Meaning, StringComparison.Ordinal));
            Assert.Contains(FramesOf(device), frame => !frame.Sent && frame.Meaning!.Contains(meter, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Water_and_heat_values_come_in_the_units_that_tags_ask_for()
    {
        using PseudoTerminal terminal = PseudoTerminal.Open(TimeProvider.System);
        Assert.True(Cjt188Address.TryParse("11", out Cjt188Address address));
        await using var meter = new SimulatedCjt188Meter(new Cjt188Meter(0x20, address), terminal.Line, TimeProvider.System)
        {
            ReplyDelay = TimeSpan.FromMilliseconds(1),

            // Settled heat 1.00 GJ, heat 123456.78 kWh, power 9.99 kW, flow 0.1234 m³/h, volume 5.00 m³, 65.43 °C, 40.10 °C, 1234 h, time, state.
            Data = Convert.FromHexString(
                "0001000011" + "7856341205" + "9909000017" + "3412000035" + "000500002C" + "436500" + "104000" + "341200" + "30201022112620" + "0400"),
        };
        meter.Start();
        await using var fixture = new AgentFixture();
        AppConfig config = fixture.Config(new EndpointConfig
        {
            Name = "heat",
            Driver = "cjt188",
            Settings = AgentFixture.Json($$"""{"serial":{"port":"{{terminal.Port}}","baudRate":115200},"responseTimeoutMs":5000,"pauseMs":1}"""),
            Devices =
            [
                new DeviceConfig
                {
                    Name = "h1", Settings = AgentFixture.Json("""{"address":"11","meterType":"20"}"""),
                    Tags =
                    [
                        Tag("settled", "settled-heat", "GJ"), Tag("heat", "heat"), Tag("heat-gj", "heat", "GJ"), Tag("flow", "flow", "L/h"),
                        Tag("supply", "supply-temperature"), Tag("hours", "hours"), Tag("time", "time"),
                        new TagConfig { Name = "battery-low", Address = "status", Bit = 2 },
                    ],
                },
            ],
        });
        IReadOnlyList<TestReadResult> read = await TestReader.ReadAsync(
            config.Agent!, new AgentServices { Loggers = NullLoggerFactory.Instance }, null, null, CancellationToken.None);
        Assert.All(read, result => Assert.True(result.Quality.IsGood, result.ToString()));
        Assert.Equal(["1", "123456.78", "444.444408", "123.4", "65.43", "1234", "20261122102030", "true"], read.Select(result => result.Value));
        Assert.Equal(["GJ", "kWh", "GJ", "L/h", "℃", "h", "", ""], read.Select(result => result.Unit));
    }

    [Theory]
    [InlineData("dlt645", """{"address":"12345678901234567"}""", "00010000", "devices[0].settings.address")]
    [InlineData("dlt645", """{"address":"1","edition":2000}""", "00010000", "devices[0].settings.edition")]
    [InlineData("dlt645", """{"address":"1","edition":1997}""", "00010000", "devices[0].tags[0].address")]
    [InlineData("dlt645", """{"address":"1"}""", "0201FF00", "devices[0].tags[0].address")]
    [InlineData("dlt645", """{"address":"1"}""", "0201FF00@2/2.9", "devices[0].tags[0].address")]
    [InlineData("cjt188", """{"address":"x"}""", "volume", "devices[0].settings.address")]
    [InlineData("cjt188", """{"address":"1","meterType":"G"}""", "volume", "devices[0].settings.meterType")]
    [InlineData("cjt188", """{"address":"1"}""", "heat", "devices[0].tags[0].address")]
    public void What_is_wrong_is_told_where_it_stands(string driver, string device, string tag, string place)
    {
        ConfigErrors errors = Check(driver, """{"serial":{"port":"/dev/ttyUSB0"}}""", device, tag);
        Assert.Equal("$.agent.endpoints[0]." + place, Assert.Single(errors).Path);
    }

    [Theory]
    [InlineData("dlt645", "{}", "settings.serial")]
    [InlineData("dlt645", """{"host":"10.0.0.1"}""", "settings.port")]
    [InlineData("cjt188", """{"host":"10.0.0.1","port":4001,"serial":{"port":"/dev/ttyUSB0"}}""", "settings.host")]
    public void A_line_is_a_port_or_a_server(string driver, string settings, string place)
    {
        ConfigErrors errors = Check(driver, settings, """{"address":"1"}""", driver == "dlt645" ? "00010000" : "volume");
        Assert.Equal("$.agent.endpoints[0]." + place, Assert.Single(errors).Path);
    }

    [Theory]
    [InlineData("Dlt645")]
    public void The_samples_beside_the_drivers_are_right(string driver)
    {
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(
            TestKit.RepositoryRoot.Combine("src", "EdgeAgent.Collector", "Drivers", driver, "sample.json"));
        Assert.Empty(errors);
        PlantCompiler.Check(config!.Agent!, Collector.Drivers.DriverRegistry.CreateDefault(), errors);
        Assert.Empty(errors);
    }

    private static ConfigErrors Check(string driver, string settings, string device, string tag)
    {
        var errors = new ConfigErrors();
        using var agent = new TestKit.TempDirectory();
        PlantCompiler.Check(
            new AgentConfig
            {
                Id = "gw",
                DataDirectory = agent.Path,
                Publishers = [],
                Endpoints =
                [
                    new EndpointConfig
                    {
                        Name = "line", Driver = driver, Settings = AgentFixture.Json(settings),
                        Devices = [new DeviceConfig { Name = "m", Settings = AgentFixture.Json(device), Tags = [new TagConfig { Name = "t", Address = tag }] }],
                    },
                ],
            },
            Collector.Drivers.DriverRegistry.CreateDefault(),
            errors);
        return errors;
    }

    private static DeviceSnapshot Of(AgentSnapshot agent, string device) => agent.Devices.Single(known => known.Name == device);

    private static TagConfig Tag(string name, string address, string? unit = null) => new() { Name = name, Address = address, Scan = "slow", Unit = unit };

    private static SimulatedMeter Meter(string address) =>
        new(MeterAddress.TryParse(address, out MeterAddress parsed) ? parsed : throw new ArgumentException(address)) { ReplyDelay = TimeSpan.FromMilliseconds(1) };
}
