using System.Text.Json;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Assessment.Tests.Indicators;

/// <summary>Twenty assets, twelve of them digital, nine networked: both rates fall into option D.</summary>
public sealed class WorkedExampleTests
{
    [Fact]
    public async Task Both_items_of_the_worked_example_come_out()
    {
        CoverageReport report = await Plant(networked: 9).AssessAsync();
        Assert.Equal((12, 20, "D", 4.5m), (report.Digitalization.N, report.Digitalization.D, report.Digitalization.Option, report.Digitalization.Points));
        Assert.Equal((9, 20, "D", 4.5m), (report.Networking.N, report.Networking.D, report.Networking.Option, report.Networking.Points));
        Assert.Equal(2, report.Digitalization.No);
        Assert.Equal(3, report.Networking.No);
        Assert.Equal(new DigitalCounts(14, 12, 9), report.Counts.Digital);
        Assert.Equal((20, 21, 1), (report.Counts.Total, report.Counts.TotalStrict, report.Counts.Excluded));
        Assert.Equal(new NextOption("E", 4, 6), report.Networking.Next);
        Assert.Equal("75.00% (9/12)", report.Also.NetworkedOfDigital.ToString());
        Assert.Null(report.Notice);
        Assert.Empty(report.Blockers);
    }

    [Fact]
    public async Task Four_more_networked_assets_reach_the_next_option()
    {
        CoverageReport report = await Plant(networked: 13).AssessAsync();
        Assert.Equal(("E", 6m), (report.Networking.Option, report.Networking.Points));
        Assert.Null(report.Networking.Next);
    }

    [Fact]
    public async Task The_report_is_written_in_the_documented_shape()
    {
        using JsonDocument json = JsonDocument.Parse(CoverageReportJson.Write(await Plant(networked: 9).AssessAsync()));
        JsonElement root = json.RootElement;
        Assert.Equal("miit-2024", root.GetProperty("rulePack").GetProperty("id").GetString());
        Assert.Equal(64, root.GetProperty("rulePack").GetProperty("sha256").GetString()!.Length);
        Assert.Equal("0.75", root.GetProperty("rulePack").GetProperty("minCoverage").GetString());
        Assert.Equal("2025-11-20T00:00:00+08:00", root.GetProperty("asOf").GetString());
        Assert.Equal("2025-11-13T00:00:00+08:00", root.GetProperty("window")[0].GetString());
        Assert.Equal("2025-11-20T00:00:00+08:00", root.GetProperty("window")[1].GetString());
        Assert.False(root.GetProperty("provisional").GetBoolean());
        JsonElement counts = root.GetProperty("counts");
        Assert.Equal(12, counts.GetProperty("digital").GetProperty("evidenced").GetInt32());
        Assert.Equal(9, counts.GetProperty("networked").GetInt32());
        JsonElement item = root.GetProperty("items")[1];
        Assert.Equal("4.5", item.GetProperty("points").GetString());
        JsonElement device = root.GetProperty("devices")[0];
        Assert.Equal("A-01", device.GetProperty("assetNo").GetString());
        Assert.Equal("observed", device.GetProperty("digital").GetString());
        Assert.Equal("1.0000", device.GetProperty("coverage").GetString());
        Assert.Equal("良好", device.GetProperty("grade").GetString());
        Assert.Equal("NO_BINDING", root.GetProperty("devices")[19].GetProperty("reasons")[0].GetString());
        Assert.Equal("EXCLUDED_STATUS", root.GetProperty("exclusions")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task The_table_names_rules_rates_and_reasons()
    {
        string table = CoverageTable.Write(await Plant(networked: 9).AssessAsync());
        Assert.Contains("60.00% (12/20), option D, 4.5 points; 1 more for option E (6 points)", table);
        Assert.Contains("45.00% (9/20), option D, 4.5 points; 4 more for option E (6 points)", table);
        Assert.Contains("NO_BINDING", table);
        Assert.Contains("SHA-256", table);
        Assert.Contains("This report is final.", table);
    }

    [Fact]
    public async Task The_table_lines_up_and_no_name_steers_the_terminal()
    {
        Scene scene = new Scene()
            .Asset("A-1", e => e with { Name = "注塑机", Remark = "两\n行", Status = AssetStatus.Sealed })
            .Asset("A-2", e => e with { Name = "press" })
            .Observed("", device: "evil\u001b[2J");
        string table = CoverageTable.Write(await scene.AssessAsync());
        Assert.DoesNotContain(table, c => char.IsControl(c) && c is not '\n' and not '\r');
        Assert.Contains("A-1    注塑机  生产设备  封存    EXCLUDED_STATUS  no    铭牌照片.jpg  两 行", table);
        Assert.Contains("Asset  Name   ", table);
        Assert.Contains("A-2    press  ", table);
    }

    private static Scene Plant(int networked)
    {
        Scene scene = new();
        for (int i = 1; i <= 20; i++)
        {
            // 12 with evidence (or observed), 2 that only say so, 6 without anything.
            string assetNo = $"A-{i:00}";
            scene.Asset(assetNo, e => i <= Math.Max(12, networked) ? e : i <= 14 ? e with { Evidence = [] } : e with { DigitalBasis = DigitalBasis.None, Evidence = [] });
            if (i <= networked)
            {
                scene.Observed(assetNo);
            }
        }

        return scene.Asset("A-21", e => e with { Status = AssetStatus.Sealed, Remark = "封存报告 2025-03" });
    }
}
