using EdgeAgent.Protocols.Dlt645;

namespace EdgeAgent.Protocols.Tests.Dlt645;

public sealed class DataTableTests
{
    [Theory]
    [InlineData("00010000", "正向有功电能", "kWh", 4, 2, false)]
    [InlineData("00010100", "正向有功电能", "kWh", 4, 2, false)]
    [InlineData("00000000", "组合有功电能", "kWh", 4, 2, true)]
    [InlineData("00150000", "A相正向有功电能", "kWh", 4, 2, false)]
    [InlineData("003E0000", "C相反向有功电能", "kWh", 4, 2, false)]
    [InlineData("02010100", "电压", "V", 2, 1, false)]
    [InlineData("02020300", "电流", "A", 3, 3, true)]
    [InlineData("02030000", "有功功率", "kW", 3, 4, true)]
    [InlineData("02060000", "功率因数", "", 2, 3, true)]
    [InlineData("02800002", "电网频率", "Hz", 2, 2, false)]
    [InlineData("9010", "正向有功电能", "kWh", 4, 2, false)]
    [InlineData("9410", "上月正向有功电能", "kWh", 4, 2, false)]
    [InlineData("B611", "电压", "V", 2, 0, false)]
    [InlineData("B630", "有功功率", "kW", 3, 4, false)]
    public void Items_have_their_units_and_decimals(string identifier, string name, string unit, int bytes, int decimals, bool signed)
    {
        var item = Find(identifier);
        Assert.Equal(new DataItem(name, unit, new DataFormat(bytes, decimals, signed)), item);
    }

    [Theory]
    [InlineData("0001FF00")]
    [InlineData("0201FF00")]
    [InlineData("901F")]
    [InlineData("12345678")]
    public void Blocks_and_unknown_items_have_no_format(string identifier) => Assert.Null(Find(identifier));

    [Theory]
    [InlineData("000100")]
    [InlineData("0001000G")]
    [InlineData("")]
    public void What_is_no_identifier_is_refused(string text) => Assert.False(DataIdentifiers.TryParse(text, Dlt645Version.V2007, out _));

    private static DataItem? Find(string text)
    {
        var version = text.Length == 4 ? Dlt645Version.V1997 : Dlt645Version.V2007;
        Assert.True(DataIdentifiers.TryParse(text, version, out var identifier));
        return DataIdentifiers.Find(version, identifier);
    }
}
