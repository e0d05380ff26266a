using System.Text;
using EdgeAgent.Assessment.Baseline;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Assessment.Tests.Scoring;
using EdgeAgent.Core.Batches;

namespace EdgeAgent.Assessment.Tests.Baseline;

/// <summary>Rule R12: a signed state before the project, and what changed since.</summary>
public sealed class BaselineTests : IDisposable
{
    private static readonly DateTimeOffset Before = new(2025, 6, 1, 0, 0, 0, ShanghaiTime.Offset);

    private readonly EcdsaBatchSigner _key = EcdsaBatchSigner.CreateEphemeral();

    [Fact]
    public void A_signed_baseline_reads_back_and_no_byte_may_change()
    {
        byte[] file = SignedBaseline.Sign(Declared(20, 5, 2), _key).Write();
        SignedBaseline read = SignedBaseline.Read(file, _key.PublicKey.Span);
        Assert.Equal((20, 5, 2, BaselineKind.Declared), (read.Snapshot.Total, read.Snapshot.Digital, read.Snapshot.Networked, read.Snapshot.Kind));
        for (int i = 0; i < file.Length; i += 7)
        {
            byte[] changed = [.. file];
            changed[i] ^= 1;
            Assert.Throws<InvalidDataException>(() => SignedBaseline.Read(changed, _key.PublicKey.Span));
        }
    }

    [Fact]
    public void Somebody_elses_baseline_is_refused()
    {
        using EcdsaBatchSigner other = EcdsaBatchSigner.CreateEphemeral();
        byte[] file = SignedBaseline.Sign(Declared(20, 5, 2), other).Write();
        Assert.Contains("another key", Assert.Throws<InvalidDataException>(() => SignedBaseline.Read(file, _key.PublicKey.Span)).Message);
        Assert.Throws<InvalidDataException>(() => SignedBaseline.Read("{}"u8, default));
        Assert.Throws<InvalidDataException>(() => SignedBaseline.Read("no json"u8, default));
    }

    [Theory]
    [InlineData(20, 21, 0)]
    [InlineData(20, 0, 21)]
    [InlineData(-1, 0, 0)]
    [InlineData(20, -1, 0)]
    public void Figures_that_contradict_themselves_are_refused(int total, int digital, int networked) =>
        Assert.Throws<ArgumentException>(() => Declared(total, digital, networked));

    [Fact]
    public void Before_and_after_are_shown_in_percentage_points_and_options()
    {
        ScoreScene scene = ScoreScene.Worked();
        scene.Before = SignedBaseline.Sign(Declared(20, 5, 2), _key);
        Comparison comparison = scene.Assess().BeforeAfter!;
        RateChange networking = comparison.AsOf[1];
        Assert.Equal(("+35.00", "A", "D", 3), (networking.PercentagePoints, networking.OptionBefore, networking.OptionAfter, networking.Steps));
        Assert.True(comparison.SamePack);
        Assert.Equal(BaselineKind.Declared, comparison.Kind);
        Assert.Equal("不可计算 (0/0)", comparison.Constant[1].Before.ToString());
        Assert.Null(comparison.Constant[1].PercentagePoints);
    }

    [Fact]
    public async Task An_observed_baseline_compares_the_assets_of_both_times()
    {
        ScoreScene then = ScoreScene.Worked(networked: 2);
        BaselineSnapshot snapshot = BaselineSnapshot.Observed(await then.Plant.AssessAsync(), Before);
        ScoreScene now = ScoreScene.Worked(networked: 9);
        now.Plant.Asset("A-99").Observed("A-99");
        now.Before = SignedBaseline.Sign(snapshot, _key);
        Comparison comparison = now.Assess().BeforeAfter!;
        Assert.Equal((2, 20, 10, 21), (comparison.AsOf[1].Before.N, comparison.AsOf[1].Before.D, comparison.AsOf[1].After.N, comparison.AsOf[1].After.D));
        Assert.Equal((2, 20, 9, 20), (comparison.Constant[1].Before.N, comparison.Constant[1].Before.D, comparison.Constant[1].After.N, comparison.Constant[1].After.D));
        Assert.Equal(8, comparison.Transitions.Count);
        Transition news = comparison.Transitions[^1];
        Assert.Equal(("A-99", "无", "数字化、联网", ShanghaiTime.AtHour(Scene.WindowFrom)), (news.AssetNo, news.Before, news.After, news.Since));
        Assert.All(comparison.Transitions.SkipLast(1), t => Assert.Equal(("数字化", "数字化、联网"), (t.Before, t.After)));
    }

    [Fact]
    public async Task A_shrunken_denominator_is_named_with_its_assets()
    {
        ScoreScene then = ScoreScene.Worked();
        BaselineSnapshot snapshot = BaselineSnapshot.Observed(await then.Plant.AssessAsync(), Before);
        ScoreScene now = ScoreScene.Worked();
        now.Plant.Entries.RemoveAll(e => e.AssetNo is "A-18" or "A-19");
        now.Plant.Entries[^1] = now.Plant.Entries[^1] with { Status = AssetStatus.Sealed };
        now.Before = SignedBaseline.Sign(snapshot, _key);
        Finding finding = now.Assess().Findings.Single(f => f.Code == FindingCode.ShrinkingDenominator);
        Assert.Equal(FindingSeverity.Warning, finding.Severity);
        Assert.Equal(["A-18", "A-19", "A-20"], finding.Assets);
        Assert.Contains(finding.Evidence, e => e is { What: "A-20", Value: "封存, EXCLUDED_STATUS" });
        Assert.Contains(finding.Evidence, e => e is { What: "A-18", Value: "not in the ledger any more" });
    }

    [Fact]
    public void A_networked_machine_under_a_new_number_is_found_by_its_serial_number()
    {
        ScoreScene scene = new();
        scene.Plant.Asset("OLD", e => e with { SerialNo = "SN-1", Maker = "M", Status = AssetStatus.Scrapped }).Asset("NEW", e => e with { SerialNo = "SN-1", Maker = "M" }).Observed("NEW");
        scene.Before = SignedBaseline.Sign(Declared(1, 1, 1, new BaselineAsset("OLD", "", true, true, true)), _key);
        Finding finding = scene.Assess().Findings.Single(f => f.Code == FindingCode.NetworkedBefore);
        Assert.Equal((FindingSeverity.Severe, "NEW"), (finding.Severity, finding.Subject));
    }

    [Fact]
    public void A_claimed_retrofit_of_what_was_networked_before_is_found()
    {
        ScoreScene scene = new();
        scene.Plant.Asset("A", e => e with { RetrofitDate = new DateOnly(2025, 8, 1) }).Observed("A");
        scene.Before = SignedBaseline.Sign(Declared(1, 1, 1, new BaselineAsset("A", "", true, true, true)), _key);
        AssessmentResult result = scene.Assess();
        Assert.Equal("A", result.Findings.Single(f => f.Code == FindingCode.NetworkedBefore).Subject);
        Assert.Empty(result.BeforeAfter!.Transitions);
    }

    public void Dispose() => _key.Dispose();

    private static BaselineSnapshot Declared(int total, int digital, int networked, params BaselineAsset[] assets) => BaselineSnapshot.Declared(
        "plant", Before, Before, RulePackCatalog.Load("hohhot-2025"), "ledger", total, digital, networked, "诊断报告.pdf",
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes("报告"))), assets);
}
