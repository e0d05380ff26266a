using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Store.Agents;
using EdgeAgent.Store.Ingest;
using EdgeAgent.Web.Plant.Board;
using EdgeAgent.Web.Plant.Devices;
using EdgeAgent.Web.Plant.Hours;
using EdgeAgent.Web.Plant.Rates;

namespace EdgeAgent.Web.Plant.Overview;

/// <summary>Puts the overview together from what is in memory.</summary>
internal static class OverviewWriter
{
    private const double TicksPerMs = UnixTicks.PerMillisecond;

    public static OverviewView Write(PlantState plant, AlarmCountsView alarms)
    {
        IReadOnlyList<DeviceTile> tiles = DeviceTiles.Of(plant);
        IReadOnlyList<AgentView> agents = AgentsOf(plant, tiles);
        IReadOnlyList<LawView> laws = Laws.Of(plant);
        bool simulated = plant.Ledger.Result?.Notice is not null || tiles.Any(t => t.Provenance == "simulated");
        return new OverviewView(
            plant.Now, plant.Sources.Site, plant.Ledger.Ledger?.Profile?.Name, plant.Sources.Version, simulated, plant.Sources.HasHub, plant.Sources.HasAgent,
            new DeviceCountsView(
                tiles.Count, Count(tiles, DeviceStanding.Online), Count(tiles, DeviceStanding.Bad), Count(tiles, DeviceStanding.Stale), Count(tiles, DeviceStanding.Never),
                tiles.Count(t => !t.InLedger)),
            RatesOf(plant.Ledger), TodayOf(plant), agents, laws, laws.Count == 0 ? null : laws.All(l => l.Balances), StoreOf(plant), alarms,
            OverviewNotes.Of(plant, tiles, agents, simulated));
    }

    private static int Count(IReadOnlyList<DeviceTile> tiles, DeviceStanding standing) => tiles.Count(t => t.State == standing);

    private static RatesView? RatesOf(PlantLedger ledger)
    {
        if (ledger.Result is not { } result)
        {
            return null;
        }

        IndicatorSet set = result.Indicators;
        return new RatesView(
            [.. result.RulePack.BinsTenths.Select(tenths => tenths * 10)], RateOf(set.Digitalization), RateOf(set.Networking), ShareOf(set.Points), ShareOf(set.Scenes),
            ShareOf(set.Areas), ShareOf(set.Completeness, []), result.Window[0].ToUniversalTime(), result.Window[1].ToUniversalTime(), result.ComputedAt.ToUniversalTime(),
            result.Provisional, result.Notice, $"{result.RulePack.Id} {result.RulePack.Version}", ledger.Problem);
    }

    private static RateView RateOf(RateResult rate) =>
        new(rate.N, rate.D, PercentOf(rate.N, rate.D), rate.Option, rate.Points, rate.Next?.Devices ?? 0);

    private static ShareView ShareOf(Coverage coverage) => ShareOf(coverage.Share, coverage.Missing);

    private static ShareView ShareOf(Fraction share, IReadOnlyList<string> missing) => new(share.N, share.D, PercentOf(share.N, share.D), missing);

    private static double? PercentOf(long n, long d) => d <= 0 ? null : Math.Round((double)((decimal)n * 100 / d), 2, MidpointRounding.AwayFromZero);

    private static TodayView? TodayOf(PlantState plant)
    {
        if (plant.Hours is not { IsFilled: true } hours)
        {
            return null;
        }

        HourCell today = hours.Sum(ShanghaiTime.FirstHourOf(ShanghaiTime.DayOf(plant.Now)), UnixTicks.HourOf(plant.NowTicks) + 1);
        return new TodayView(today.Due, today.Good, today.Bad, today.Missed, today.Stored, PercentOf(today.Good, today.Due));
    }

    private static StoreView? StoreOf(PlantState plant)
    {
        if (!plant.Sources.HasHub)
        {
            return null;
        }

        (StoreStanding store, IngestStatistics? ingest) = (plant.Store, plant.Sources.Ingest());
        (double p50, double p99) = plant.Sources.Lags();
        return new StoreView(
            plant.Sources.Config.Hub!.Store.Kind.ToString().ToLowerInvariant(), store.Available, store.DownSince, store.Problem, ingest?.Connected ?? false,
            store.Totals?.Readings ?? 0, store.Totals?.Batches ?? 0, store.Totals?.DuplicateBatches ?? 0, ingest?.Refused.Values.Sum() ?? 0,
            double.IsFinite(p50) ? Math.Round(p50, 1) : null, double.IsFinite(p99) ? Math.Round(p99, 1) : null);
    }

    private static IReadOnlyList<AgentView> AgentsOf(PlantState plant, IReadOnlyList<DeviceTile> tiles)
    {
        Dictionary<string, WatchedAgent> watched = plant.Watch.Agents.ToDictionary(a => a.Agent.Agent, StringComparer.Ordinal);
        Dictionary<string, EnrolledAgent> enrolled = plant.Sources.Enrolled().Where(a => a.Agent.Site == plant.Sources.Site)
            .ToDictionary(a => a.Agent.Agent, StringComparer.Ordinal);
        IngestStatistics? ingest = plant.Sources.Ingest();
        ILookup<string, DeviceTile> byAgent = tiles.ToLookup(t => t.Agent, StringComparer.Ordinal);
        return [.. watched.Keys.Concat(enrolled.Keys).Distinct().Order(StringComparer.Ordinal).Select(name => AgentOf(
            plant, name, watched.GetValueOrDefault(name), enrolled.GetValueOrDefault(name), ingest?.Agents.GetValueOrDefault(new AgentKey(plant.Sources.Site, name)), [.. byAgent[name]]))];
    }

    private static AgentView AgentOf(
        PlantState plant, string name, WatchedAgent? watched, EnrolledAgent? enrolled, AgentIngestStatistics? ingest, DeviceTile[] tiles)
    {
        HealthBuffer? buffer = watched?.Health?.Buffer;
        bool isLocal = plant.Sources.Config.Agent?.Id == name;
        // On a gateway the agent is this very process: that its hub cannot be reached is another matter, and said as such.
        string standing = isLocal && !plant.Sources.HasHub ? "online" : StandingOf(watched, enrolled, ingest, plant.NowTicks);
        long heard = Math.Max(watched?.ToldTicks ?? 0, ingest?.LastStoredTicks ?? 0);
        return new AgentView(
            name, standing, isLocal, watched?.Version ?? "", watched?.ConfigHash ?? "",
            heard == 0 ? null : UnixTicks.ToDateTimeOffset(heard), watched is { SinceTicks: > 0 } ? UnixTicks.ToDateTimeOffset(watched.SinceTicks) : null,
            watched?.OffsetTicks / TicksPerMs, tiles.Length, tiles.Count(t => t.State == DeviceStanding.Online),
            buffer?.Pending, buffer?.PendingBatches,
            buffer is null ? null : buffer.OldestTicks is { } oldest ? Math.Max(0, watched!.Health!.AtTicks - oldest) / (double)UnixTicks.PerSecond : 0,
            buffer?.SizeBytes, buffer?.Discarded, buffer?.Problem, LagOf(watched, ingest), ingest?.Forked ?? false);
    }

    /// <summary>Measured between two clocks, so what they differ by is taken out as far as it is known.</summary>
    private static double? LagOf(WatchedAgent? watched, AgentIngestStatistics? ingest) =>
        ingest is { Batches: > 0 } ? Math.Max(0, (ingest.LagTicks + (watched?.OffsetTicks ?? 0)) / TicksPerMs) : null;

    /// <summary>What it delivers says more than what it said: a status may have been lost, a batch that was just stored was not.</summary>
    private static string StandingOf(WatchedAgent? watched, EnrolledAgent? enrolled, AgentIngestStatistics? ingest, long now) => enrolled?.Status switch
    {
        EnrolmentStatus.Pending => "pending",
        EnrolmentStatus.Revoked => "revoked",
        _ when watched?.Online == true || (watched?.Online is null && ingest is { Batches: > 0 } && now - ingest.LastStoredTicks < TimeSpan.TicksPerMinute) => "online",
        _ => watched?.Online == false ? "offline" : "unknown",
    };
}
