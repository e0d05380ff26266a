using System.Text;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Core.Model;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Assessment.Tests.Indicators;

/// <summary>What must hold whatever a plant looks like.</summary>
public sealed class PropertyTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(120);

    [Fact]
    public void No_numerator_exceeds_its_denominator_and_levels_nest() => Check.One(Runs, Prop.ForAll(Seeds, seed =>
    {
        CoverageReport report = Assess(Random(seed));
        DigitalCounts digital = report.Counts.Digital;
        return report.Networking.N <= report.Networking.D
            && digital.Observed <= digital.Evidenced && digital.Evidenced <= digital.Declared && digital.Declared <= report.Counts.Total
            && report.Counts.Total <= report.Counts.TotalStrict
            && report.Devices.All(d => d.Good <= d.Expected && d.Unaccounted <= d.Expected && d.Networked == (d.Reasons.Count == 0))
            && report.Devices.Count + report.Exclusions.Count == report.Counts.Total + report.Counts.Excluded;
    }));

    [Fact]
    public void The_order_of_inputs_changes_nothing() => Check.One(Runs, Prop.ForAll(Seeds, seed =>
    {
        Scene scene = Random(seed);
        string before = Text(scene);
        System.Random random = new(seed ^ 0x5eed);
        Shuffle(scene.Entries, random);
        Shuffle(scene.Store.Rows, random);
        return Text(scene) == before;
    }));

    [Fact]
    public void A_device_that_is_not_networked_never_raises_a_rate() => Check.One(Runs, Prop.ForAll(Seeds, seed =>
    {
        Scene scene = Random(seed);
        CoverageReport before = Assess(scene);
        scene.Asset("new", e => e with { DigitalBasis = DigitalBasis.None, Evidence = [] });
        CoverageReport after = Assess(scene);
        return NotAbove(after.Networking, before.Networking) && NotAbove(after.Digitalization, before.Digitalization);
    }));

    [Fact]
    public void Losing_good_readings_never_raises_the_networking_rate() => Check.One(Runs, Prop.ForAll(Seeds, seed =>
    {
        Scene scene = Random(seed);
        CoverageReport before = Assess(scene);
        System.Random random = new(seed ^ 0x1055);
        for (int i = 0; i < scene.Store.Rows.Count; i++)
        {
            ScanAccount a = scene.Store.Rows[i].Account;
            long lost = random.NextInt64(a.Good + 1);
            scene.Store.Rows[i] = scene.Store.Rows[i] with { Account = a with { Good = a.Good - lost, Bad = a.Bad + lost, Changed = Math.Min(a.Changed, a.Good - lost) } };
        }

        return NotAbove(Assess(scene).Networking, before.Networking);
    }));

    [Fact]
    public void Silence_is_never_better_than_failure() => Check.One(Runs, Prop.ForAll(Seeds, seed =>
    {
        // An agent that is gone from some hour on, against the same agent reporting nothing but failures from then on.
        System.Random random = new(seed);
        int gone = Scene.WindowFrom + random.Next(2, 168);
        DeviceResult silent = Assess(new Scene().Asset("A").Observed("A", Scene.WindowFrom - 3, gone)).Devices[0];
        DeviceResult failing = Assess(new Scene().Asset("A").Observed("A", Scene.WindowFrom - 3, gone).Observed("A", gone, good: 0)).Devices[0];
        return silent.Expected == failing.Expected && silent.Good == failing.Good && silent.Reasons.SequenceEqual(failing.Reasons);
    }));

    private static Arbitrary<int> Seeds => ArbMap.Default.ArbFor<int>();

    private static bool NotAbove(RateResult after, RateResult before) => (long)after.N * before.D <= (long)before.N * after.D || before.D == 0;

    private static CoverageReport Assess(Scene scene) => scene.AssessAsync().GetAwaiter().GetResult();

    private static string Text(Scene scene) => Encoding.UTF8.GetString(CoverageReportJson.Write(Assess(scene)));

    private static void Shuffle<T>(List<T> list, System.Random random)
    {
        T[] items = [.. list];
        random.Shuffle(items);
        list.Clear();
        list.AddRange(items);
    }

    private static Scene Random(int seed)
    {
        System.Random random = new(seed);
        Scene scene = new();
        int assets = random.Next(0, 8);
        for (int i = 0; i < assets; i++)
        {
            string assetNo = $"A-{i}";
            DateOnly commissioned = new DateOnly(2025, 11, 20).AddDays(-random.Next(-2, 12));
            scene.Asset(assetNo, e => e with
            {
                Status = (AssetStatus)(random.Next(12) % 6 * random.Next(2)),
                Category = (AssetCategory)(random.Next(4) * random.Next(2)),
                CommissionDate = random.Next(3) == 0 ? commissioned : e.CommissionDate,
                RetireDate = random.Next(6) == 0 ? commissioned.AddDays(random.Next(10)) : null,
                DigitalBasis = (DigitalBasis)(1 << random.Next(10)),
                Evidence = random.Next(2) == 0 ? [] : ["photo"],
            });
            int sources = random.Next(3);
            for (int s = 0; s < sources; s++)
            {
                int from = Scene.WindowFrom + random.Next(-40, 100);
                scene.Observed(
                    assetNo, from, from + random.Next(1, 200), due: random.Next(0, 100), agent: $"gw-{random.Next(2)}",
                    provenance: (Provenance)(random.Next(4) * random.Next(2)), address: $"address-{random.Next(12)}", device: $"d{random.Next(6)}");
            }
        }

        return scene;
    }
}
