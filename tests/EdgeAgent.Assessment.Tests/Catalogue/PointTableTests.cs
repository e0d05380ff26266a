using System.Text;
using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Tests.Catalogue;

/// <summary>The 采集点表 is read whole, or every reason why not is named.</summary>
public sealed class PointTableTests
{
    [Fact]
    public void A_table_is_read()
    {
        (PointTable? table, IReadOnlyList<LedgerProblem> problems) = Read("""
            网关,设备,测点,用途,信号,业务环节,运行值,使用单位
            gw-01,press-01,state,运行状态采集,运行状态,设备管理,1;2,设备科；MES
            ,meter-01,energy,电能,累计能耗,,,能源科

            """);
        Assert.Empty(problems);
        PlannedPoint state = table!.Points[0];
        Assert.Equal((SceneSignal.State, "运行状态采集", 2), (state.Signal, state.Purpose, state.Row));
        Assert.Equal([1, 2], state.Running);
        Assert.Equal(["设备科", "MES"], state.Users);
        Assert.Equal(SceneSignal.Energy, table.Find(new SeriesKey("s", "any", "meter-01", "energy"))!.Signal);
        Assert.Null(table.Find(new SeriesKey("s", "gw-02", "press-01", "state")));
    }

    [Theory]
    [InlineData("设备,测点\nd,\n", "测点", "is empty")]
    [InlineData("设备,测点,信号\nd,t,温度\n", "信号", "not a known signal")]
    [InlineData("设备,测点\nd,t\nd,t\n", "测点", "twice")]
    [InlineData("设备,测点,运行值\nd,t,开\n", "运行值", "no number")]
    [InlineData("设备,测点,顏色\nd,t,1\n", "3", "not a known header")]
    [InlineData("设备\nd\n", "测点", "is missing")]
    public void What_is_wrong_is_named(string text, string column, string problem)
    {
        (PointTable? table, IReadOnlyList<LedgerProblem> problems) = Read(text);
        Assert.Null(table);
        Assert.Contains(problems, p => p.Column == column && p.Problem.Contains(problem, StringComparison.Ordinal));
    }

    private static (PointTable? Table, IReadOnlyList<LedgerProblem> Problems) Read(string text) => PointTableCsv.Read(Encoding.UTF8.GetBytes(text));
}
