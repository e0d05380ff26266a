using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Web.Plant.Board;
using EdgeAgent.Web.Plant.Rates;

namespace EdgeAgent.Web.Plant.Devices;

/// <summary>Makes the tiles of all devices, and of the machines that have none.</summary>
internal static class DeviceTiles
{
    /// <summary>In the order of area, line and name.</summary>
    public static IReadOnlyList<DeviceTile> Of(PlantState plant)
    {
        PlantLedger ledger = plant.Ledger;
        Dictionary<(string, string), HealthDevice> health = plant.Watch.Agents.Where(a => a.Health is not null)
            .SelectMany(a => a.Health!.Devices.Select(d => ((a.Agent.Agent, d.Name), d))).ToDictionary(d => d.Item1, d => d.d);
        List<DeviceTile> tiles = plant.Board.Read<List<DeviceTile>>(devices =>
            [.. devices.Where(d => d.IsConfigured).Select(d => Of(d, ledger, health.GetValueOrDefault((d.Agent.Agent, d.Name)), plant.NowTicks, plant.JudgedAt(d.Agent)))]);
        HashSet<string> bound = tiles.Where(t => t.InLedger).Select(t => t.Asset).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (LedgerEntry entry in ledger.Ledger?.Entries ?? [])
        {
            if (!bound.Contains(entry.AssetNo) && ledger.VerdictOf(entry.AssetNo) is { } verdict)
            {
                tiles.Add(new DeviceTile(
                    "", "", entry.AssetNo, entry.Name, entry.Workshop, entry.Line, "", DeviceStanding.Never, InLedger: true, Counts: true, verdict.Networked,
                    [.. verdict.Reasons.Select(r => r.Text())], "", verdict.LastGood?.ToUniversalTime(), 0, 0, 0, null, null));
            }
        }

        tiles.Sort(Compare);
        return tiles;
    }

    public static DeviceTile Of(BoardDevice device, PlantLedger ledger, HealthDevice? health, long now, long judgedAt)
    {
        string asset = ledger.AssetOf(device, now);
        LedgerEntry? entry = ledger.EntryOf(asset);
        DeviceResult? verdict = entry is null ? null : ledger.VerdictOf(asset);
        ExcludedAsset? excluded = entry is null ? null : ledger.ExclusionOf(asset);
        return new DeviceTile(
            device.Agent.Agent, device.Name, asset, entry?.Name ?? "", entry?.Workshop ?? "", entry?.Line ?? "", device.Driver, StandingRule.Of(device, judgedAt),
            entry is not null, verdict is not null, verdict?.Networked,
            verdict is not null ? [.. verdict.Reasons.Select(r => r.Text())] : excluded is not null ? [excluded.Reason.Text()] : [],
            (health?.Provenance ?? device.Provenance.ToString()).ToLowerInvariant(),
            device.GoodTicks == 0 ? null : UnixTicks.ToDateTimeOffset(device.GoodTicks),
            device.Series.Count(s => s.IsConfigured), device.BadTags, device.PeriodMs, health?.AchievedPeriodMs, health?.Problem);
    }

    private static int Compare(DeviceTile a, DeviceTile b)
    {
        int area = string.CompareOrdinal(a.Area, b.Area);
        int line = area != 0 ? area : string.CompareOrdinal(a.Line, b.Line);
        int name = line != 0 ? line : string.CompareOrdinal(NameOf(a), NameOf(b));
        return name != 0 ? name : string.CompareOrdinal(a.Agent, b.Agent);
    }

    private static string NameOf(DeviceTile tile) => tile.Device.Length > 0 ? tile.Device : tile.Asset;
}
