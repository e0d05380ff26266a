using EdgeAgent.Collector.Drivers.S7;
using EdgeAgent.Protocols.S7;

namespace EdgeAgent.Collector.Tests.Drivers.S7;

public sealed class S7AddressTests
{
    [Theory]
    [InlineData("DB10.DBX4.3", S7Area.DataBlock, 10, 4, 3, 0)]
    [InlineData("db10.4.3", S7Area.DataBlock, 10, 4, 3, 0)]
    [InlineData("DB10.DBB4", S7Area.DataBlock, 10, 4, -1, 1)]
    [InlineData("DB1,DBW2", S7Area.DataBlock, 1, 2, -1, 2)]
    [InlineData("DB65535.DBD65532", S7Area.DataBlock, 65535, 65532, -1, 4)]
    [InlineData("DB10.4", S7Area.DataBlock, 10, 4, -1, 0)]
    [InlineData("M0.1", S7Area.Flags, 0, 0, 1, 0)]
    [InlineData("%MW20", S7Area.Flags, 0, 20, -1, 2)]
    [InlineData("E0.7", S7Area.Inputs, 0, 0, 7, 0)]
    [InlineData("IW64", S7Area.Inputs, 0, 64, -1, 2)]
    [InlineData("AD4", S7Area.Outputs, 0, 4, -1, 4)]
    [InlineData("QX1.2", S7Area.Outputs, 0, 1, 2, 0)]
    [InlineData("VW100", S7Area.DataBlock, 1, 100, -1, 2)]
    [InlineData("V10.0", S7Area.DataBlock, 1, 10, 0, 0)]
    public void Engineers_spellings_are_understood(string text, S7Area area, int block, int start, int bit, int width)
    {
        Assert.True(S7Address.TryParse(text, out S7Address address, out string? problem), problem);
        Assert.Equal(new S7Address(area, block, start, bit, width), address);
    }

    [Theory]
    [InlineData("hr:100", "not an S7 address")]
    [InlineData("DB10", "not an S7 address")]
    [InlineData("DB10.DBX4", "a bit address without its bit")]
    [InlineData("DB10.DBX4.8", "bits 0 to 7")]
    [InlineData("DB10.DBW4.1", "wider than a bit")]
    [InlineData("DB70000.DBW4", "beyond 65535")]
    [InlineData("T5", "not an S7 address")]
    public void Others_are_refused_with_the_reason(string text, string problem)
    {
        Assert.False(S7Address.TryParse(text, out _, out string? actual));
        Assert.Contains(problem, actual, StringComparison.Ordinal);
    }
}
