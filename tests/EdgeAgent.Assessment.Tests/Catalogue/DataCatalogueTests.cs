using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Tests.Catalogue;

public sealed class DataCatalogueTests
{
    private static readonly SeriesInfo[] Series =
    [
        new(new SeriesKey("plant", "gw-01", "dev-A-1", "温度"), ValueKind.Float32, "℃", 1000, 1),
        new(new SeriesKey("plant", "gw-01", "dev-A-1", "产量"), ValueKind.UInt64, "件", 4000, 0),
        new(new SeriesKey("plant", "gw-01", "stranger", "=cmd|' /C calc'!A0"), ValueKind.Text, "", 1000, 0),
    ];

    [Fact]
    public async Task What_is_collected_is_listed_with_type_purpose_amount_source_and_users()
    {
        DataCatalogue catalogue = await ReadAsync(Ledger());
        Assert.Equal(["产量", "温度", "=cmd|' /C calc'!A0"], catalogue.Entries.Select(e => e.Tag));
        DataCatalogueEntry temperature = catalogue.Entries[1];
        Assert.Equal(("A-1", "设备A-1", "模拟量（℃）", "冲压工序监测"), (temperature.AssetNo, temperature.AssetName, temperature.Type, temperature.Purpose));
        Assert.Equal(("示例企业 一车间/冲压", "示例企业"), (temperature.Source, temperature.Users));
        Assert.Equal(120, catalogue.Entries[0].Readings + temperature.Readings); // two hours of 60 good readings
        Assert.Equal(24, catalogue.Entries[0].Readings); // a fifth of them: every 4 s beside every 1 s
        Assert.Equal(("", "未登记", 0L), (catalogue.Entries[2].AssetNo, catalogue.Entries[2].Purpose, catalogue.Entries[2].Readings));
    }

    [Fact]
    public async Task What_people_recorded_goes_before_what_follows()
    {
        DeviceLedger plain = Ledger();
        DeviceLedger ledger = new(plain.Entries, "x")
        {
            Profile = plain.Profile,
            Bindings = [new DeviceBinding("gw-01", "stranger", "A-1", 0)],
            DataUses = [new DataUse("gw-01", "", "设备管理", "设备科"), new DataUse("gw-01", "stranger", "能耗管理", "")],
        };
        DataCatalogue catalogue = await ReadAsync(ledger);
        Assert.Equal([("设备管理", "设备科"), ("设备管理", "设备科"), ("能耗管理", "示例企业")], catalogue.Entries.Select(e => (e.Purpose, e.Users)));
        Assert.Equal("A-1", catalogue.Entries[2].AssetNo);
    }

    [Fact]
    public async Task Files_are_the_same_each_time_and_run_nothing()
    {
        DataCatalogue catalogue = await ReadAsync(Ledger());
        Assert.Equal(catalogue.Workbook(), (await ReadAsync(Ledger())).Workbook());
        string csv = System.Text.Encoding.UTF8.GetString(catalogue.Csv());
        Assert.StartsWith("\ufeff数据源,数据项,", csv);
        Assert.Contains(",'=cmd|", csv);
    }

    private static DeviceLedger Ledger() =>
        new([Scene.Entry("A-1") with { Process = "冲压" }], "x") { Profile = new EnterpriseProfile("示例企业", "91350100M000100Y43") };

    private static Task<DataCatalogue> ReadAsync(DeviceLedger ledger)
    {
        Scene scene = new Scene().Observed("A-1", Scene.WindowFrom, Scene.WindowFrom + 2);
        return DataCatalogue.ReadAsync(SeriesStore.Of(Series, scene.Store.Rows), "plant", ledger, Scene.WindowFrom, Scene.WindowTo, CancellationToken.None);
    }
}
