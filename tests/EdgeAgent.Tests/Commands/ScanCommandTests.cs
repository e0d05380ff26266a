using System.Net;
using System.Net.Sockets;
using EdgeAgent.Commands;
using EdgeAgent.Commands.Scan;
using EdgeAgent.Protocols.Cjt188;
using EdgeAgent.Protocols.Cjt188.Server;
using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Dlt645.Server;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Server;
using EdgeAgent.Protocols.Serial;
using EdgeAgent.Protocols.Serial.Linux;
using EdgeAgent.Simulation;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Commands;

public sealed class ScanCommandTests
{
    [Fact]
    public async Task Modbus_units_on_a_line_are_found_with_a_configuration_that_is_in_order()
    {
        using PseudoTerminal terminal = PseudoTerminal.Open(TimeProvider.System);
        await using ModbusLineServer devices = new(terminal.Line, new SerialSettings { BaudRate = 115_200 }, ModbusFraming.Rtu);
        devices.Units[2] = new RegisterBank();
        devices.Units[5] = new RegisterBank();
        devices.Start();
        CommandLineRun run = await CommandLineRun.OfAsync("scan", terminal.Port, "--baud", "115200", "--units", "6", "--timeout", "800");
        Assert.True(run.ExitCode == ExitCodes.Done, run.Error);
        Assert.Contains("Modbus unit 2", run.Error, StringComparison.Ordinal);
        Assert.Contains("Modbus unit 5", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Modbus unit 1\n", run.Error, StringComparison.Ordinal);
        await AssertInOrderAsync(run.Out);
    }

    [Fact]
    public async Task A_meter_on_a_line_tells_its_address()
    {
        using PseudoTerminal terminal = PseudoTerminal.Open(TimeProvider.System);
        Assert.True(MeterAddress.TryParse("000102030425", out MeterAddress address));
        await using SimulatedMeterLine line = new SimulatedMeterLine(terminal.Line, TimeProvider.System).Add(new SimulatedMeter(address));
        line.Start();
        CommandLineRun run = await CommandLineRun.OfAsync("scan", terminal.Port, "--baud", "2400", "--units", "1");
        Assert.True(run.ExitCode == ExitCodes.Done, run.Error);
        Assert.Contains("\"address\": \"000102030425\"", run.Out, StringComparison.Ordinal);
        await AssertInOrderAsync(run.Out);
    }

    [Fact]
    public async Task A_water_meter_on_a_line_tells_its_address_and_type()
    {
        using PseudoTerminal terminal = PseudoTerminal.Open(TimeProvider.System);
        Assert.True(Cjt188Address.TryParse("12345678", out Cjt188Address address));
        await using SimulatedCjt188Meter meter = new(new Cjt188Meter(0x10, address), terminal.Line, TimeProvider.System)
        {
            Data = Convert.FromHexString("674523012C" + "000000002C" + "00000001012620" + "0000"),
        };
        meter.Start();
        CommandLineRun run = await CommandLineRun.OfAsync("scan", terminal.Port, "--baud", "2400", "--units", "1");
        Assert.True(run.ExitCode == ExitCodes.Done, run.Error);
        Assert.Contains("\"address\": \"00000012345678\"", run.Out, StringComparison.Ordinal);
        Assert.Contains("\"meterType\": \"10\"", run.Out, StringComparison.Ordinal);
        await AssertInOrderAsync(run.Out);
    }

    [Fact]
    public async Task Units_that_speak_ascii_are_found_too()
    {
        using PseudoTerminal terminal = PseudoTerminal.Open(TimeProvider.System);
        await using ModbusLineServer devices = new(terminal.Line, new SerialSettings { BaudRate = 115_200 }, ModbusFraming.Ascii);
        devices.Units[2] = new RegisterBank();
        devices.Start();
        CommandLineRun run = await CommandLineRun.OfAsync("scan", terminal.Port, "--baud", "115200", "--units", "2", "--timeout", "500");
        Assert.True(run.ExitCode == ExitCodes.Done, run.Error);
        Assert.Contains("\"driver\": \"modbus-ascii\"", run.Out, StringComparison.Ordinal);
        Assert.Contains("Modbus unit 2", run.Error, StringComparison.Ordinal);
        await AssertInOrderAsync(run.Out);
    }

    [Fact]
    public async Task A_silent_line_is_exit_code_3_with_advice()
    {
        using PseudoTerminal terminal = PseudoTerminal.Open(TimeProvider.System);
        CommandLineRun run = await CommandLineRun.OfAsync("scan", terminal.Port, "--baud", "115200", "--units", "1");
        Assert.Equal(ExitCodes.DoesNotHold, run.ExitCode);
        Assert.Contains("Check power, A and B", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_port_names_those_that_exist()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("scan", "/dev/ttyUSB77");
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("there is no serial port /dev/ttyUSB77", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.168.1.0/24", 254)]
    [InlineData("192.168.1.77/30", 2)]
    [InlineData("192.168.1.5", 1)]
    [InlineData("192.168.1.10-12", 3)]
    [InlineData("10.0.0.0/20", 4094)]
    [InlineData("255.255.255.255", 1)]
    public void Ranges_are_what_they_name(string range, int count) => Assert.Equal(count, AddressRange.Parse(range)!.Count);

    [Theory]
    [InlineData("10.0.0.0/8")]
    [InlineData("192.168.1.50-10")]
    [InlineData("plant.local")]
    [InlineData("10.0")]
    [InlineData("::1")]
    public async Task What_is_no_range_is_refused(string range)
    {
        Assert.Null(AddressRange.Parse(range));
        Assert.Equal(ExitCodes.BadUsage, (await CommandLineRun.OfAsync("scan", range)).ExitCode);
    }

    [Fact]
    public async Task Devices_of_each_protocol_are_found_on_a_network_and_nobody_else()
    {
        await using SimulatedPlant plant = await SimulatedPlant.StartAsync(
            new SimulationConfig
            {
                Endpoints = [new SimulatedEndpointConfig { Name = "a", Listen = "127.0.0.1:0", Units = [new SimulatedUnitConfig { UnitId = 1, Machine = "energy-meter" }] }],
            },
            TimeProvider.System);
        using TcpListener opcua = Answering("ACKF"u8.ToArray().Concat(new byte[24]).ToArray());
        using TcpListener s7 = Answering([3, 0, 0, 22, 17, 0xD0, 0, 1, 0, 2, 0, 0xC0, 1, 10, 0xC1, 2, 1, 0, 0xC2, 2, 1, 2]);
        using TcpListener mtconnect = Answering("HTTP/1.1 200 OK\r\n\r\n<MTConnectDevices/>"u8.ToArray());
        NetworkScan scan = new([IPAddress.Loopback], connectionsPerSecond: 1000, timeoutMs: 5000, TimeProvider.System, _ => { })
        {
            Ports = new Dictionary<string, int>
            {
                ["modbus"] = plant.Endpoints["a"].Port, ["opcua"] = PortOf(opcua), ["s7"] = PortOf(s7), ["mtconnect"] = PortOf(mtconnect),
            },
        };
        IReadOnlyList<FoundDevice> found = await scan.RunAsync(CancellationToken.None);
        Assert.Equal(["modbus-tcp", "opc-ua", "s7", "mtconnect"], found.Select(device => device.Driver));
        Assert.Contains("EdgeAgent Simulator", found[0].Detail, StringComparison.Ordinal);
        await AssertInOrderAsync(ScanConfig.Write(found));

        // The wrong protocol on each port is nobody.
        NetworkScan crossed = new([IPAddress.Loopback], 1000, 300, TimeProvider.System, _ => { })
        {
            Ports = new Dictionary<string, int>
            {
                ["modbus"] = PortOf(opcua), ["opcua"] = PortOf(s7), ["s7"] = PortOf(mtconnect), ["mtconnect"] = PortOf(opcua),
            },
        };
        Assert.Empty(await crossed.RunAsync(CancellationToken.None));
    }

    private static async Task AssertInOrderAsync(string config)
    {
        using TempDirectory directory = new();
        await File.WriteAllTextAsync(directory.File("agent.json"), config);
        CommandLineRun check = await CommandLineRun.OfAsync("check", directory.File("agent.json"));
        Assert.True(check.ExitCode == ExitCodes.Done, check.Error + config);
    }

    /// <summary>Says one thing to whoever says anything, and closes.</summary>
    private static TcpListener Answering(byte[] answer)
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        _ = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    using Socket socket = await listener.AcceptSocketAsync();
                    await socket.ReceiveAsync(new byte[512]);
                    await socket.SendAsync(answer);
                    socket.Shutdown(SocketShutdown.Send);
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The end of the test.
            }
        });
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
