using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Tests.Agent;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Server;
using EdgeAgent.Protocols.Serial;
using EdgeAgent.Protocols.Serial.Linux;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Drivers.Lines;

/// <summary>Modbus devices on a serial port of the agent, from the wire to stored readings.</summary>
public sealed class ModbusLineTests
{
    private static readonly SerialSettings Timing = new() { BaudRate = 115_200 };

    [Theory]
    [InlineData("modbus-rtu", ModbusFraming.Rtu)]
    [InlineData("modbus-ascii", ModbusFraming.Ascii)]
    public async Task Three_units_are_read_beside_a_dead_one_and_an_adapter_may_come_back_under_another_number(string driver, ModbusFraming framing)
    {
        using var directory = new TempDirectory();
        string port = directory.File("by-id-adapter");
        await using var fixture = new AgentFixture();
        await using (var first = new Adapter(port, framing))
        {
            await fixture.StartAsync(fixture.Config(Endpoint(driver, port)));
            await fixture.UntilAsync(agent => Units.All(unit => Of(agent, unit).Counts.Good >= 5), "three units are read");
            await fixture.UntilAsync(agent => Of(agent, 4).Quarantined, "the dead unit is quarantined");
            LineSnapshot line = Assert.Single(fixture.Agent.Snapshot().Lines);
            Assert.True(line.BusySeconds > 0);
        }

        await fixture.UntilAsync(agent => Units.All(unit => !Of(agent, unit).Online), "the pulled adapter is noticed");
        await fixture.UntilAsync(agent => Of(agent, 1).Problem?.Contains("there is no serial port", StringComparison.Ordinal) == true, "what is wrong is told");
        long[] before = [.. Units.Select(unit => fixture.Device("u" + unit).Counts.Good)];
        await using (var second = new Adapter(port, framing))
        {
            await fixture.UntilAsync(agent => Units.All(unit => Of(agent, unit).Counts.Good > before[unit - 1]), "all are read again");
        }

        await fixture.StopAsync();
        var batches = await fixture.ReadBufferAsync();
        Reading[] readings = [.. batches.SelectMany(batch => batch.Readings.Readings.ToArray())];
        Assert.Contains(readings, reading => reading.Quality == Quality.BadTimeout);
        Assert.Contains(readings, reading => reading.Quality == Quality.BadNotConnected);
        Assert.Equal([101.0, 102.0, 103.0], readings.Where(reading => reading.Quality.IsGood).Select(reading => reading.ToDouble()).Distinct().Order());
    }

    [Fact]
    public async Task A_reload_with_another_baud_rate_opens_the_port_again()
    {
        using var directory = new TempDirectory();
        string port = directory.File("adapter");
        await using var adapter = new Adapter(port, ModbusFraming.Rtu);
        await using var fixture = new AgentFixture();
        await fixture.StartAsync(fixture.Config(Endpoint("modbus-rtu", port)));
        await fixture.UntilAsync(agent => Of(agent, 1).Counts.Good >= 3, "it is read");
        await fixture.Agent.ReloadAsync(fixture.Config(Endpoint("modbus-rtu", port, baudRate: 57_600)), CancellationToken.None);
        long before = fixture.Device("u1").Counts.Good;
        await fixture.UntilAsync(agent => Of(agent, 1).Counts.Good > before + 3, "it is read at the new rate");
        await fixture.StopAsync();
    }

    private static readonly int[] Units = [1, 2, 3];

    private static DeviceSnapshot Of(AgentSnapshot agent, int unit) => agent.Devices.Single(device => device.Name == "u" + unit);

    private static EndpointConfig Endpoint(string driver, string port, int baudRate = 115_200) => new()
    {
        Name = "line",
        Driver = driver,
        Settings = AgentFixture.Json($$"""{"serial":{"port":"{{port}}","baudRate":{{baudRate}},"dataBits":8,"parity":"none"},"responseTimeoutMs":150}"""),
        Devices = [.. Units.Append(4).Select(unit => new DeviceConfig
        {
            Name = "u" + unit,
            Settings = AgentFixture.Json($$"""{"unitId":{{unit}},"identify":false}"""),
            Tags = [AgentFixture.Tag(0, scan: "slow")],
        })],
    };

    /// <summary>An adapter with three devices behind it, under a path that stays while its number changes.</summary>
    private sealed class Adapter : IAsyncDisposable
    {
        private readonly PseudoTerminal _terminal = PseudoTerminal.Open(TimeProvider.System);
        private readonly ModbusLineServer _devices;
        private readonly string _path;

        public Adapter(string path, ModbusFraming framing)
        {
            _path = path;
            _devices = new ModbusLineServer(_terminal.Line, Timing, framing) { ReplyDelay = TimeSpan.FromMilliseconds(1) };
            foreach (int unit in Units)
            {
                var bank = new RegisterBank();
                bank.HoldingRegisters[0] = (ushort)(100 + unit);
                _devices.Units[(byte)unit] = bank;
            }

            _devices.Start();
            File.CreateSymbolicLink(path, _terminal.Port);
        }

        public async ValueTask DisposeAsync()
        {
            File.Delete(_path);
            await _devices.DisposeAsync();
            _terminal.Dispose();
        }
    }
}
