using EdgeAgent.Collector.Drivers.Melsec;
using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Collector.Tests.Drivers.Melsec;

public sealed class MelsecAddressTests
{
    [Theory]
    [InlineData("D100", MelsecArea.DataRegister, 100, -1)]
    [InlineData("d100.5", MelsecArea.DataRegister, 100, 5)]
    [InlineData("D100.F", MelsecArea.DataRegister, 100, 15)]
    [InlineData("D100.10", MelsecArea.DataRegister, 100, 10)]
    [InlineData("M8000", MelsecArea.InternalRelay, 8000, -1)]
    [InlineData("X1F", MelsecArea.Input, 31, -1)]
    [InlineData("YFF", MelsecArea.Output, 255, -1)]
    [InlineData("W10F", MelsecArea.LinkRegister, 0x10F, -1)]
    [InlineData("B1A", MelsecArea.LinkRelay, 26, -1)]
    [InlineData("ZR1000", MelsecArea.FileRegisterSerial, 1000, -1)]
    [InlineData("SM400", MelsecArea.SpecialRelay, 400, -1)]
    [InlineData("SD210", MelsecArea.SpecialRegister, 210, -1)]
    [InlineData("TN3", MelsecArea.TimerValue, 3, -1)]
    public void Engineers_spellings_are_understood(string text, MelsecArea area, int number, int bit)
    {
        Assert.True(MelsecAddress.TryParse(text, octalInputs: false, out MelsecAddress address, out string? problem), problem);
        Assert.Equal(new MelsecAddress(area, number, bit), address);
    }

    [Fact]
    public void The_FX_series_counts_inputs_octal()
    {
        Assert.True(MelsecAddress.TryParse("X17", octalInputs: true, out MelsecAddress address, out _));
        Assert.Equal(15, address.Number);
        Assert.False(MelsecAddress.TryParse("X18", octalInputs: true, out _, out string? problem));
        Assert.Contains("octal", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hr:100")]
    [InlineData("D10A")]
    [InlineData("M10.1")]
    [InlineData("D100.16")]
    [InlineData("D99999999")]
    [InlineData("Q5")]
    public void Others_are_refused(string text) => Assert.False(MelsecAddress.TryParse(text, octalInputs: false, out _, out _));
}
