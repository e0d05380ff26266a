using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Server;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Modbus;

/// <summary>pymodbus' client against our simulated device.</summary>
public sealed class SimulatedDeviceTests
{
    [PartnerTheory("pymodbus")]
    [InlineData("mbap", ModbusFraming.Mbap)]
    [InlineData("rtu", ModbusFraming.Rtu)]
    [InlineData("ascii", ModbusFraming.Ascii)]
    public async Task Another_client_reads_it(string name, ModbusFraming framing)
    {
        await using var server = new ModbusTcpServer(new ModbusServerOptions { Framing = framing }, TimeProvider.System);
        var bank = new RegisterBank(KnownValues.Size, KnownValues.Size) { Identity = new ModbusDeviceIdentity("EdgeAgent Simulator", "SIM", "1.0") };
        for (var a = 0; a < KnownValues.Size; a++)
        {
            bank.HoldingRegisters[a] = (ushort)KnownValues.At(ModbusFunction.ReadHoldingRegisters, a);
            bank.InputRegisters[a] = (ushort)KnownValues.At(ModbusFunction.ReadInputRegisters, a);
            bank.Coils[a] = KnownValues.At(ModbusFunction.ReadCoils, a) == 1;
            bank.DiscreteInputs[a] = KnownValues.At(ModbusFunction.ReadDiscreteInputs, a) == 1;
        }

        server.Units[5] = bank;
        server.Start();
        await using var client = PartnerProcess.Start(
            Partners.Python,
            [RepositoryRoot.Combine("tests", "partners", "pymodbus_client.py"), "--port", $"{server.Port}", "--framing", name, "--unit", "5"]);
        await client.WaitForExitAsync();

        Assert.True(client.ExitCode == 0, client.Output);
        var lines = client.Output.Split('\n');
        Assert.Contains(Expected("coils", ModbusFunction.ReadCoils, 3, 100), lines);
        Assert.Contains(Expected("discrete", ModbusFunction.ReadDiscreteInputs, 3, 100), lines);
        Assert.Contains(Expected("holding", ModbusFunction.ReadHoldingRegisters, 100, 125), lines);
        Assert.Contains(Expected("input", ModbusFunction.ReadInputRegisters, 100, 125), lines);
        Assert.Contains("identity EdgeAgent_Simulator SIM 1.0", lines);
        Assert.Contains("exception 2", lines);
    }

    private static string Expected(string kind, ModbusFunction function, int address, int count) =>
        kind + " " + string.Join(' ', Enumerable.Range(address, count).Select(a => KnownValues.At(function, a)));
}
