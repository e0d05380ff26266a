using EdgeAgent.Web.Api;
using EdgeAgent.Web.Plant.Board;

namespace EdgeAgent.Web.Plant.Devices;

/// <summary>Which tiles are asked for, in which order.</summary>
internal sealed record DeviceQuery(string? Search, string? Area, string? Line, string? State, string? Sort)
{
    private static readonly string[] States = ["online", "bad", "stale", "never", "unledgered", "uncounted", "networked", "unnetworked"];
    private static readonly string[] Sorts = ["place", "name", "state", "lastGood", "agent"];

    /// <exception cref="ApiProblem">A state or an order that does not exist.</exception>
    public static DeviceQuery Of(HttpContext context)
    {
        DeviceQuery query = new(context.Query("search"), context.Query("area"), context.Query("line"), context.Query("state"), context.Query("sort"));
        Check("state", query.State, States);
        Check("sort", query.Sort, Sorts);
        return query;
    }

    public IReadOnlyList<DeviceTile> Select(IReadOnlyList<DeviceTile> tiles)
    {
        IEnumerable<DeviceTile> wanted = tiles.Where(Matches);
        return [.. Sort switch
        {
            "name" => wanted.OrderBy(t => t.Device.Length > 0 ? t.Device : t.Asset, StringComparer.Ordinal),
            "state" => wanted.OrderByDescending(t => t.State),
            "lastGood" => wanted.OrderBy(t => t.LastGood ?? DateTimeOffset.MinValue),
            "agent" => wanted.OrderBy(t => t.Agent, StringComparer.Ordinal).ThenBy(t => t.Device, StringComparer.Ordinal),
            _ => wanted,
        }];
    }

    private bool Matches(DeviceTile tile) =>
        (Area is null || tile.Area == Area) && (Line is null || tile.Line == Line) && IsIn(tile)
        && (Search is not { } text || Has(tile.Device, text) || Has(tile.Asset, text) || Has(tile.AssetName, text) || Has(tile.Agent, text));

    private bool IsIn(DeviceTile tile) => State switch
    {
        null => true,
        "online" => tile.State == DeviceStanding.Online,
        "bad" => tile.State == DeviceStanding.Bad,
        "stale" => tile.State == DeviceStanding.Stale,
        "never" => tile.State == DeviceStanding.Never,
        "unledgered" => !tile.InLedger,
        "uncounted" => !tile.Counts,
        "networked" => tile.Networked == true,
        _ => tile.Networked == false,
    };

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static void Check(string name, string? value, string[] known)
    {
        if (value is not null && !known.Contains(value))
        {
            throw ApiProblem.BadRequest(new($"{name} 应为以下之一：{string.Join("、", known)}。", $"{name} must be one of {string.Join(", ", known)}."));
        }
    }
}
