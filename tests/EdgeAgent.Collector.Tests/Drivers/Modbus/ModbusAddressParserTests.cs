using EdgeAgent.Collector.Drivers.Modbus;
using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Tests.Drivers.Modbus;

public sealed class ModbusAddressParserTests
{
    [Theory]
    [InlineData("hr:100", 0, ModbusFunction.ReadHoldingRegisters, 100, -1)]
    [InlineData("HR:100", 0, ModbusFunction.ReadHoldingRegisters, 100, -1)]
    [InlineData(" ir:0 ", 0, ModbusFunction.ReadInputRegisters, 0, -1)]
    [InlineData("co:5", 0, ModbusFunction.ReadCoils, 5, -1)]
    [InlineData("di:7", 0, ModbusFunction.ReadDiscreteInputs, 7, -1)]
    [InlineData("hr:100.3", 0, ModbusFunction.ReadHoldingRegisters, 100, 3)]
    [InlineData("hr:0x64", 0, ModbusFunction.ReadHoldingRegisters, 100, -1)]
    [InlineData("hr:0x64.15", 0, ModbusFunction.ReadHoldingRegisters, 100, 15)]
    [InlineData("hr:65535", 0, ModbusFunction.ReadHoldingRegisters, 65535, -1)]
    [InlineData("hr:1", 1, ModbusFunction.ReadHoldingRegisters, 0, -1)]
    [InlineData("hr:65536", 1, ModbusFunction.ReadHoldingRegisters, 65535, -1)]
    [InlineData("40101", 0, ModbusFunction.ReadHoldingRegisters, 100, -1)]
    [InlineData("40101", 1, ModbusFunction.ReadHoldingRegisters, 100, -1)]
    [InlineData("400101", 0, ModbusFunction.ReadHoldingRegisters, 100, -1)]
    [InlineData("465536", 0, ModbusFunction.ReadHoldingRegisters, 65535, -1)]
    [InlineData("30001", 0, ModbusFunction.ReadInputRegisters, 0, -1)]
    [InlineData("10008", 0, ModbusFunction.ReadDiscreteInputs, 7, -1)]
    [InlineData("00006", 0, ModbusFunction.ReadCoils, 5, -1)]
    [InlineData("40101.3", 0, ModbusFunction.ReadHoldingRegisters, 100, 3)]
    public void Reads(string text, int addressBase, ModbusFunction function, int address, int bit)
    {
        Assert.True(ModbusAddressParser.TryParse(text, addressBase, out ModbusTagAddress parsed, out string problem), problem);
        Assert.Equal(new ModbusTagAddress(function, address, bit), parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("100")]
    [InlineData("hr")]
    [InlineData("hr:")]
    [InlineData("hr:-1")]
    [InlineData("hr:+1")]
    [InlineData("hr:65536")]
    [InlineData("hr:99999999999")]
    [InlineData("hr:0x")]
    [InlineData("hr:0x10000")]
    [InlineData("xx:1")]
    [InlineData("h:1")]
    [InlineData("hr:1.")]
    [InlineData("hr:1.64")]
    [InlineData("co:1.1")]
    [InlineData("40000")]
    [InlineData("20001")]
    [InlineData("50001")]
    [InlineData("465537")]
    [InlineData("4010")]
    [InlineData("4 101")]
    public void Refuses_and_says_why(string text)
    {
        Assert.False(ModbusAddressParser.TryParse(text, 0, out _, out string problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void A_one_based_table_has_no_address_zero()
    {
        Assert.False(ModbusAddressParser.TryParse("hr:0", 1, out _, out string problem));
        Assert.Contains("1 to 65536", problem, StringComparison.Ordinal);
    }
}
