using System.Text;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Assessment.Tests.Scoring;

/// <summary>What must hold of every assessment, whatever the plant looks like.</summary>
public sealed class EnginePropertyTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(40);

    [Fact]
    public void The_order_of_inputs_changes_nothing() => Check.One(Runs, Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        ScoreScene scene = Random(seed);
        string before = Text(scene);
        System.Random random = new(seed ^ 0x5eed);
        Shuffle(scene.Plant.Entries, random);
        Shuffle(scene.Plant.Store.Rows, random);
        Shuffle(scene.Stops, random);
        return Text(scene) == before;
    }));

    [Fact]
    public void No_share_is_above_one_and_points_stay_within_their_items() => Check.One(Runs, Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        AssessmentResult result = Random(seed).WorkedAnswers().Assess();
        IndicatorSet i = result.Indicators;
        Fraction[] shares = [i.DigitalDeclared, i.DigitalObserved, i.NetworkedOfDigital, i.NetworkedStrict, i.Areas.Share, i.Scenes.Share, i.Processes.Share, i.Points.Share, i.Completeness, i.KeyProcesses.Share];
        return shares.All(s => s.N >= 0 && s.N <= s.D)
            && result.Items.All(item => item.Points is null || (item.Points >= 0 && item.Points <= item.Max))
            && result.Score.Total == result.Items.Sum(item => item.Points ?? 0)
            && result.Trend.All(d => d.Networked <= d.Total && d.Digital <= d.Total && d.Sending <= d.Total && d.Good <= d.Due)
            && result.Trend[^1].Total == result.Counts.Total;
    }));

    [Fact]
    public void A_device_that_is_not_networked_never_raises_the_score() => Check.One(Runs, Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        ScoreScene scene = Random(seed);
        if (scene.Plant.Entries.Count == 0)
        {
            return true;
        }

        AssessmentResult before = scene.Assess();
        scene.Plant.Asset("new", e => e with { DigitalBasis = DigitalBasis.None, Evidence = [] });
        AssessmentResult after = scene.Assess();
        return before.Counts.Total == 0 || (after.Score.Total <= before.Score.Total && after.Counts.Networked == before.Counts.Networked);
    }));

    private static string Text(ScoreScene scene) => Encoding.UTF8.GetString(AssessmentResultJson.Write(scene.Assess()));

    private static void Shuffle<T>(List<T> list, System.Random random)
    {
        T[] items = [.. list];
        random.Shuffle(items);
        list.Clear();
        list.AddRange(items);
    }

    private static ScoreScene Random(int seed)
    {
        System.Random random = new(seed);
        ScoreScene scene = new();
        for (int i = random.Next(0, 7); i > 0; i--)
        {
            string assetNo = $"A-{i}";
            scene.Plant.Asset(assetNo, e => e with
            {
                Status = (AssetStatus)(random.Next(6) * random.Next(2)),
                Process = $"P{random.Next(3)}",
                IsKeyProcess = random.Next(2) == 0,
                Workshop = $"W{random.Next(3)}",
                DigitalBasis = (DigitalBasis)(1 << random.Next(10)),
                Evidence = random.Next(2) == 0 ? [] : ["photo"],
            });
            for (int s = random.Next(3); s > 0; s--)
            {
                int from = Scene.WindowFrom + random.Next(-40, 100);
                scene.Plant.Observed(
                    assetNo, from, from + random.Next(1, 200), due: random.Next(0, 100), agent: $"gw-{random.Next(2)}",
                    provenance: (Core.Model.Provenance)(random.Next(4) * random.Next(2)), address: $"address-{random.Next(12)}", device: $"d{random.Next(6)}");
            }

            if (random.Next(3) == 0)
            {
                long at = (Scene.WindowFrom + random.Next(-10, 150)) * Core.Model.UnixTicks.PerHour;
                scene.Stops.Add(new DeclaredStop($"s{i}", random.Next(3) == 0 ? "" : assetNo, at, at + random.NextInt64(100 * Core.Model.UnixTicks.PerHour), "停", 1));
            }
        }

        return scene;
    }
}
