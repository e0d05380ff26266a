using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Assessment.Tests.Plant;

/// <summary>Holds what an assessment says of the synthetic plant against what is known of it.</summary>
internal static class PlantTruth
{
    public static void Check(SyntheticPlant plant, AssessmentResult result)
    {
        Assert.Equal(40, plant.Assets);
        Assert.Equal(
            plant.Truth.OrderBy(t => t.Key).Select(t => $"{t.Key}: {string.Join(' ', t.Value)}"),
            result.Devices.Select(d => $"{d.AssetNo}: {string.Join(' ', d.Reasons)}"));
        Assert.Equal(plant.Excluded.OrderBy(e => e.Key).Select(e => (e.Key, e.Value)), result.Exclusions.Select(e => (e.AssetNo, e.Reason)));
        Assert.Equal(plant.Truth.Count(t => t.Value.Length == 0), result.Counts.Networked);
        Assert.Equal(2, result.Counts.Unledgered);
        Assert.Equal(3, result.Unledgered.Count);
        Assert.Equal(48, result.Devices.Single(d => d.AssetNo == "A-30").StoppedHours);

        Has(FindingCode.FrozenValues, "A-16");
        Has(FindingCode.SharedAddress, "A-17", "A-18");
        Has(FindingCode.IdenticalSeries, "A-19", "A-20");
        Has(FindingCode.ClockOffset, "A-38");
        Has(FindingCode.InspectionDayOnly, "A-27");
        Has(FindingCode.SimulatedSource, "A-24", "A-25");
        Has(FindingCode.ImportedSource, "A-26");
        Has(FindingCode.ExcludedSends, "A-21", "A-22", "A-37");
        Has(FindingCode.NetworkedNotDigital, "A-34");
        Has(FindingCode.StopsNotAccepted, "A-32", "A-33");
        Assert.Equal(["gw-1/router", "gw-1/stray", "gw-1/unknown"], result.Findings.Where(f => f.Code == FindingCode.UnledgeredSource).Select(f => f.Subject[(SyntheticPlant.Site.Length + 1)..]).Order());
        Assert.All(result.Findings, f => Assert.NotEmpty(f.Evidence));
        Assert.Equal(2, result.Indicators.Oee.Count);
        Assert.All(result.Indicators.Oee, o => Assert.InRange(o.Availability!.Value.N, 1, o.Availability.Value.D));

        void Has(FindingCode code, params string[] assets) =>
            Assert.Equal(assets, result.Findings.Where(f => f.Code == code).SelectMany(f => f.Assets).Distinct().Order());
    }
}
