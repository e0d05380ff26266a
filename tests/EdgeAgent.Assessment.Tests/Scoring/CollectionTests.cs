using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Tests.Scoring;

/// <summary>Rule R11: which scenes of item 4 data tick by themselves.</summary>
public sealed class CollectionTests
{
    [Fact]
    public void A_count_of_a_networked_machine_ticks_production()
    {
        ItemResult item = With("产量", SceneSignal.Count, []).Assess().Items[3];
        Assert.Equal(["生产管控"], item.Ticked);
        Assert.Equal((1, 0, 0.7m), (item.Auto, item.Manual, item.Points));
        Assert.Equal(AnswerSource.Computed, item.Source);
    }

    [Fact]
    public void A_typed_scene_stands_beside_it_as_manual()
    {
        ItemResult item = With("产量", SceneSignal.Count, []).Answer(4, ["财务管理"]).Assess().Items[3];
        Assert.Equal((1, 1, 1.4m, AnswerSource.Mixed), (item.Auto, item.Manual, item.Points, item.Source));
    }

    [Fact]
    public void A_wrong_kind_of_signal_ticks_nothing() => Assert.Empty(With("温度", SceneSignal.Parameter, ["设备管理"]).Assess().Items[3].Ticked);

    [Fact]
    public void A_source_that_fails_the_rules_ticks_nothing()
    {
        ScoreScene scene = new();
        scene.Plant.Asset("A").Observed("A", good: 20);
        AddPoint(scene, "dev-A", SceneSignal.Count, []);
        SceneResult production = scene.Assess().Scenes.Single(s => s.Name == "生产管控");
        Assert.Equal(0, production.SupportedLevel);
        Assert.Contains("LOW_COVERAGE", Assert.Single(production.Facts).En);
        Assert.Contains("完整率不足", production.Facts[0].Zh);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Energy_needs_a_register_that_never_falls(bool rises, bool ticks)
    {
        ScoreScene scene = With("电能", SceneSignal.Energy, []);
        scene.SeriesHours = [.. Enumerable.Range(0, 168).Select(i =>
        {
            double from = rises ? i * 10 : 1000 - (i * 3);
            return new SeriesHour(scene.Series[0].Key, Scene.WindowFrom + i, 60, Math.Min(from, from + (rises ? 9 : -2)), Math.Max(from, from + (rises ? 9 : -2)), from * 60);
        })];
        Assert.Equal(ticks, scene.Assess().Items[3].Ticked.Contains("能耗管理"));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void A_connected_system_needs_records_on_three_days(int days, bool ticks)
    {
        ScoreScene scene = new();
        scene.Plant.Asset("A").Observed("", Scene.WindowTo - (24 * days), device: "erp", address: "erp");
        AddPoint(scene, "erp", null, ["采购管理"]);
        Assert.Equal(ticks, scene.Assess().Items[3].Ticked.Contains("采购管理"));
    }

    [Fact]
    public void Planned_points_are_the_denominator_of_points()
    {
        ScoreScene scene = With("产量", SceneSignal.Count, []);
        scene.Points.Add(new PlannedPoint(3, "", "dev-A", "not-there", "", null, false, [], [], []));
        Assert.Equal("50.00% (1/2)", scene.Assess().Indicators.Points.Share.ToString());
        Assert.Equal(["dev-A/not-there"], scene.Assess().Indicators.Points.Missing);
    }

    private static ScoreScene With(string purpose, SceneSignal signal, string[] scenes)
    {
        ScoreScene scene = new();
        scene.Plant.Asset("A").Observed("A");
        AddPoint(scene, "dev-A", signal, scenes, purpose);
        return scene;
    }

    private static void AddPoint(ScoreScene scene, string device, SceneSignal? signal, string[] scenes, string purpose = "")
    {
        scene.Series.Add(new SeriesInfo(new SeriesKey("plant", "gw-01", device, "tag"), ValueKind.Float64, "", 60_000, -1));
        scene.Points.Add(new PlannedPoint(2, "", device, "tag", purpose, signal, false, scenes, [], []));
    }
}
