using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Plant.Board;
using EdgeAgent.Web.Plant.Rates;

namespace EdgeAgent.Web.Plant.Devices;

/// <summary>Puts together what is known of one device.</summary>
internal static class DevicePage
{
    private const int HeatHours = 24 * 7;

    /// <exception cref="ApiProblem">There is no such device.</exception>
    public static DevicePageView Of(PlantState plant, string agent, string device)
    {
        PlantLedger ledger = plant.Ledger;
        WatchedAgent? watched = plant.Watch.Find(agent);
        HealthDevice? health = watched?.Health?.Devices.FirstOrDefault(d => d.Name == device);
        long now = plant.NowTicks;
        (DeviceTile Tile, string Address, IReadOnlyList<TagValueView> Values)? found = plant.Board.Read(
            new AgentKey(plant.Sources.Site, agent), device,
            known => known is null ? ((DeviceTile, string, IReadOnlyList<TagValueView>)?)null
                : (DeviceTiles.Of(known, ledger, health, now, plant.JudgedAt(known.Agent)), known.Address, [.. known.Series.Where(s => s.IsConfigured || !known.IsConfigured).Select(s => ValueOf(s, now))]));
        if (found is not { } seen)
        {
            throw ApiProblem.NotFound(new($"没有设备 {agent}/{device}。", $"There is no device {agent}/{device}."));
        }

        HealthEndpoint? endpoint = health is null ? null : watched!.Health!.Endpoints.FirstOrDefault(e => e.Name == health.Endpoint);
        DeviceSnapshot? local = plant.Sources.Agent() is { } snapshot && snapshot.Agent == agent ? snapshot.Devices.FirstOrDefault(d => d.Name == device) : null;
        int hour = UnixTicks.HourOf(now);
        return new DevicePageView(
            seen.Tile, seen.Address,
            endpoint is null ? null : new EndpointStandingView(endpoint.Name, endpoint.Driver, endpoint.Connected, endpoint.Line, endpoint.Utilisation, endpoint.Problem),
            health?.Quarantined, health?.JitterMs, health?.Overruns, MachineOf(ledger.EntryOf(seen.Tile.Asset)), VerdictOf(ledger, seen.Tile.Asset), seen.Values,
            [.. (local is null ? watched?.Health?.Problems.Where(p => p.Device == device) ?? [] : AgentHealths.ProblemsOf(local)).Select(ViewOf)],
            [.. (plant.Hours?.Of(agent, device, hour - HeatHours + 1, hour + 1) ?? []).Select(h => new HeatHourView(
                UnixTicks.ToDateTimeOffset(h.Hour * UnixTicks.PerHour), h.Cell.Due, h.Cell.Good, h.Cell.Bad, h.Cell.Missed))]);
    }

    public static TagValueView ValueOf(BoardSeries series, long now)
    {
        bool has = series.SourceTicks != 0;
        return new TagValueView(
            series.Tag, series.Unit, series.DecimalPlaces, series.IntervalMs, series.Kind.ToString().ToLowerInvariant(), has ? series.Value : default,
            has ? series.Quality.ToString() : "", GoodnessOf(series), has ? UnixTicks.ToDateTimeOffset(series.SourceTicks) : null,
            has ? Math.Round(Math.Max(0, now - series.SourceTicks) / (double)UnixTicks.PerSecond, 1) : null);
    }

    public static string GoodnessOf(BoardSeries series) => series.SourceTicks == 0 ? "none" : series.Quality.IsGood ? "good" : series.Quality.IsUncertain ? "uncertain" : "bad";

    private static ProblemView ViewOf(HealthProblem problem) => new(
        UnixTicks.ToDateTimeOffset(problem.FromTicks), problem.UntilTicks is { } until ? UnixTicks.ToDateTimeOffset(until) : null, problem.Text, problem.Count);

    private static MachineView? MachineOf(LedgerEntry? entry) => entry is null ? null : new MachineView(
        entry.AssetNo, entry.Name, entry.Model, entry.Maker, entry.Workshop, entry.Line, entry.Process, entry.IsKeyProcess, LedgerTerms.Label(entry.Category), LedgerTerms.Label(entry.Status),
        entry.CommissionDate);

    private static VerdictView? VerdictOf(PlantLedger ledger, string asset)
    {
        if (ledger.Result is not { } result || ledger.EntryOf(asset) is null)
        {
            return null;
        }

        (DateTimeOffset from, DateTimeOffset to) = (result.Window[0].ToUniversalTime(), result.Window[1].ToUniversalTime());
        if (ledger.VerdictOf(asset) is not { } verdict)
        {
            return new VerdictView(
                false, "", "", null, 0, 0, 0, 0, 0, 0, 0, null, [], [], ledger.ExclusionOf(asset)?.Reason.Text() ?? "", from, to);
        }

        return new VerdictView(
            verdict.Networked, verdict.Digital.ToString(), verdict.Grade.ToString(), verdict.Expected == 0 ? null : Math.Round(100.0 * verdict.Good / verdict.Expected, 2), verdict.Good,
            verdict.Expected, verdict.ActiveDays, verdict.RequiredDays, verdict.ObservedHours, verdict.StoppedHours, verdict.NotCounted, verdict.LastGood?.ToUniversalTime(),
            verdict.Sources, [.. verdict.Reasons.Select(r => r.Text())], null, from, to);
    }
}
