using EdgeAgent.Web.Plant.Board;
using EdgeAgent.Web.Plant.Devices;

namespace EdgeAgent.Web.Plant.Live;

/// <summary>Finds the tiles that look different from the last time.</summary>
internal sealed class TileChanges
{
    private Dictionary<(string, string, string), DeviceTile> _told = [];

    /// <param name="removed">Whether one is gone, which only the whole list can tell.</param>
    public IReadOnlyList<DeviceTile> Since(IReadOnlyList<DeviceTile> tiles, out bool removed)
    {
        Dictionary<(string, string, string), DeviceTile> now = new(tiles.Count);
        List<DeviceTile> changed = [];
        foreach (DeviceTile tile in tiles)
        {
            (string, string, string) key = (tile.Agent, tile.Device, tile.Device.Length > 0 ? "" : tile.Asset);
            now[key] = tile;
            if (!_told.TryGetValue(key, out DeviceTile? before) || !LooksLike(before, tile))
            {
                changed.Add(tile);
            }
        }

        removed = _told.Keys.Any(key => !now.ContainsKey(key));
        _told = now;
        return changed;
    }

    /// <remarks>When the last good reading was is not looked at while a device is online: it changes every second and says nothing new.</remarks>
    private static bool LooksLike(DeviceTile a, DeviceTile b) =>
        a.State == b.State && a.BadTags == b.BadTags && a.Problem == b.Problem && a.Networked == b.Networked && a.InLedger == b.InLedger && a.Counts == b.Counts
        && a.Asset == b.Asset && a.AssetName == b.AssetName && a.Area == b.Area && a.Line == b.Line && a.Tags == b.Tags && a.Provenance == b.Provenance
        && (b.State == DeviceStanding.Online || a.LastGood == b.LastGood) && a.Reasons.SequenceEqual(b.Reasons);
}
