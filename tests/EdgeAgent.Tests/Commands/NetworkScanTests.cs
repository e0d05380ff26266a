using System.Net;
using EdgeAgent.Commands.Scan;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Server;

namespace EdgeAgent.Tests.Commands;

/// <summary>Which Modbus units a host in a network is asked by.</summary>
public sealed class NetworkScanTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(0)]
    public async Task A_device_is_found_by_whichever_usual_unit_it_answers_to(byte unit)
    {
        await using ModbusTcpServer server = Serve(unit);
        FoundDevice found = Assert.Single(await ScanOf(server).RunAsync(default));
        Assert.Equal(("modbus-tcp", (int)unit, $"Modbus unit {unit}"), (found.Driver, found.UnitId, found.Detail));
    }

    [Fact]
    public async Task Only_the_units_that_were_named_are_asked_and_a_gateway_with_nobody_behind_it_is_told_as_one()
    {
        await using ModbusTcpServer server = Serve(7);
        FoundDevice gateway = Assert.Single(await ScanOf(server).RunAsync(default));
        Assert.Equal(("", "Modbus TCP gateway; units 1, 255, 0 do not answer behind it"), (gateway.Driver, gateway.Detail));

        NetworkScan named = ScanOf(server, 3, 7);
        Assert.Equal(7, Assert.Single(await named.RunAsync(default)).UnitId);
        AskedPort modbus = named.Asked[0];
        Assert.Equal(("modbus-tcp", server.Port), (modbus.Driver, modbus.Port));
        Assert.Equal([3, 7], modbus.Units);
        Assert.Equal(["opc-ua", "s7", "mtconnect"], named.Asked.Skip(1).Select(static a => a.Driver));
    }

    [Fact]
    public async Task A_lone_device_is_found_behind_an_address_where_no_unit_of_a_line_answers()
    {
        await using ModbusTcpServer server = Serve(255);
        FoundDevice found = Assert.Single(await new UnitScan("127.0.0.1", server.Port, 3, 30_000, TimeProvider.System, static _ => { }).RunAsync(default));
        Assert.Equal(255, found.UnitId);
    }

    /// <summary>A gateway that says at once which units are not there, so that no test waits for silence.</summary>
    private static ModbusTcpServer Serve(byte unit)
    {
        ModbusTcpServer server = new(new ModbusServerOptions { UnknownUnit = ModbusExceptionCode.GatewayTargetFailedToRespond }, TimeProvider.System);
        server.Units[unit] = new RegisterBank();
        server.Start();
        return server;
    }

    private static NetworkScan ScanOf(ModbusTcpServer server, params int[] units) =>
        new([IPAddress.Loopback], 1000, 30_000, TimeProvider.System, static _ => { })
        {
            Ports = new Dictionary<string, int> { ["modbus"] = server.Port, ["opcua"] = 1, ["s7"] = 1, ["mtconnect"] = 1 },
            Units = units.Length > 0 ? units : NetworkScan.UnitsUsual,
        };
}
