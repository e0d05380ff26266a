using System.Text;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Assessment.Tests.Indicators;

/// <summary>Whatever changes in the store between two assessments, the cache gives what reading everything gives.</summary>
public sealed class AccountCacheTests
{
    [Fact]
    public void A_cached_assessment_is_the_one_that_reads_everything() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        System.Random random = new(seed);
        Scene scene = new() { Now = Scene.AsOf.AddHours(random.Next(1, 200)) };
        scene.Asset("A").Asset("B").Asset("C");
        using AccountCache cache = new(scene.Store.Store, allowSimulated: false);
        for (int round = 0; round < 4; round++)
        {
            for (int i = random.Next(60); i > 0; i--)
            {
                int hour = Scene.WindowFrom + random.Next(-100, 170);
                string asset = $"{(char)('A' + random.Next(4))}";
                scene.Observed(asset, hour, hour + random.Next(1, 20), due: random.Next(1, 90), provenance: (Provenance)(random.Next(4) * random.Next(2)));
            }

            DateTimeOffset asOf = Scene.AsOf.AddDays(-random.Next(3));
            string cached = Write(cache, scene, asOf);
            string fresh = Encoding.UTF8.GetString(CoverageReportJson.Write(scene.AssessAsync(asOf).GetAwaiter().GetResult()));
            if (cached != fresh)
            {
                return false;
            }
        }

        return true;
    }));

    [Fact]
    public async Task Only_hours_that_changed_are_read_again()
    {
        Scene scene = new Scene().Asset("A").Observed("A");
        using AccountCache cache = new(scene.Store.Store, allowSimulated: false);
        Assert.Equal((168, 0), (await ReadAsync(cache, scene), await ReadAsync(cache, scene)));
        scene.Observed("A", Scene.WindowFrom + 3, Scene.WindowFrom + 5);
        Assert.Equal(2, await ReadAsync(cache, scene));
        Assert.Equal(0, await ReadAsync(cache, scene));
    }

    private static async Task<int> ReadAsync(AccountCache cache, Scene scene)
    {
        await cache.UseAsync(Scene.WindowFrom, Scene.WindowTo, scene.Now, _ => 0, CancellationToken.None);
        return cache.HoursRead;
    }

    private static string Write(AccountCache cache, Scene scene, DateTimeOffset asOf)
    {
        ObservationWindow window = ObservationWindow.Ending(asOf, WindowLength.Of(scene.Pack.Rules));
        CoverageReport report = cache.UseAsync(
            window.FromHour - (24 * scene.Pack.Rules.HistoryDays), window.ToHour + 1, scene.Now,
            accounts => CoverageAssessment.Compute(new Observations { Accounts = accounts }, new DeviceLedger([.. scene.Entries], "ledger"), scene.Pack, "plant", window, scene.Now),
            CancellationToken.None).GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(CoverageReportJson.Write(report));
    }
}
