using System.Globalization;
using System.Text;
using EdgeAgent.Commands;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Plant.Hours;

namespace EdgeAgent.Web.Plant.Trends;

/// <summary>Series to choose from, their course over time, and the same as CSV.</summary>
internal static class TrendPages
{
    public const int SeriesMax = 8;
    private const int PointsDefault = 1000;
    private const int PointsMax = 5000;
    private static readonly TimeSpan RangeMax = TimeSpan.FromDays(750);

    public static Task ListAsync(HttpContext context, PlantState plant)
    {
        (string? search, string? device) = (context.Query("search"), context.Query("device"));
        IReadOnlyList<SeriesView> found = plant.Board.Read<IReadOnlyList<SeriesView>>(devices =>
        [
            .. devices.Where(d => device is null || $"{d.Agent.Agent}/{d.Name}" == device).OrderBy(d => d.Agent.Agent, StringComparer.Ordinal).ThenBy(d => d.Name, StringComparer.Ordinal)
                .SelectMany(d => d.Series)
                .Where(s => search is null || s.Tag.Contains(search, StringComparison.OrdinalIgnoreCase) || s.Device.Name.Contains(search, StringComparison.OrdinalIgnoreCase))
                .Select(s => new SeriesView(
                    IdOf(s.Key), s.Key.Agent, s.Key.Device, s.Tag, s.Unit, s.Kind.ToString().ToLowerInvariant(), s.IntervalMs, s.DecimalPlaces, s.IsConfigured)),
        ]);
        return context.WriteJsonAsync(PageRequest.Of(context).Cut(found), PlantJson.Default.ApiPageSeriesView);
    }

    public static async Task TrendAsync(HttpContext context, PlantState plant)
    {
        ITimeSeriesStore store = StoreOf(plant);
        IReadOnlyList<SeriesInfo> wanted = WantedOf(context, plant);
        (long from, long to) = RangeOf(context, plant);
        int points = context.QueryNumber("points", PointsDefault, 10, PointsMax);
        List<TrendSeriesView> series = [];
        foreach (SeriesInfo one in wanted)
        {
            IReadOnlyList<RangePoint> found = await store.ReadRangeAsync(one.Key, from, to, points, context.RequestAborted);
            Dictionary<int, HourCell> hours = await HoursAsync(store, plant, one.Key, from, to, context.RequestAborted);
            long heard = plant.Board.Read(new AgentKey(one.Key.Site, one.Key.Agent), one.Key.Device, d => d?.HeardTicks ?? 0);
            series.Add(TrendBuilder.Build(one, IdOf(one.Key), found, hours, from, to, RangeBuckets.Cut(from, to, points).WidthTicks, heard));
        }

        await context.WriteJsonAsync(
            new TrendView(UnixTicks.ToDateTimeOffset(from), UnixTicks.ToDateTimeOffset(to), series), PlantJson.Default.TrendView);
    }

    /// <summary>Every reading, or as many buckets as asked for, series after series, written while it is read.</summary>
    public static async Task CsvAsync(HttpContext context, PlantState plant)
    {
        ITimeSeriesStore store = StoreOf(plant);
        IReadOnlyList<SeriesInfo> wanted = WantedOf(context, plant);
        (long from, long to) = RangeOf(context, plant);
        int points = context.QueryNumber("points", 0, 0, 1_000_000);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = string.Create(
            CultureInfo.InvariantCulture, $"attachment; filename=\"trend-{UnixTicks.ToDateTimeOffset(from):yyyyMMdd'T'HHmm}-{UnixTicks.ToDateTimeOffset(to):yyyyMMdd'T'HHmm}.csv\"");
        TrendCsv csv = new(context.Response.BodyWriter);
        await csv.WriteHeaderAsync(context.RequestAborted);
        foreach (SeriesInfo one in wanted)
        {
            long step = points > 0 ? to - from : TrendCsv.StepOf(one);
            for (long begin = from; begin < to; begin += step)
            {
                await csv.WriteAsync(one, await store.ReadRangeAsync(one.Key, begin, Math.Min(to, begin + step), points, context.RequestAborted), context.RequestAborted);
            }
        }
    }

    internal static string IdOf(SeriesKey key) => $"{key.Agent}/{key.Device}/{key.Tag}";

    private static ITimeSeriesStore StoreOf(PlantState plant) => plant.Sources.Store
        ?? throw ApiProblem.NotFound(new("此进程只有采集端，没有历史数据；请到汇聚端查看。", "This process is an agent without a hub and keeps no history; ask the hub."));

    private static IReadOnlyList<SeriesInfo> WantedOf(HttpContext context, PlantState plant)
    {
        string[] ids = [.. context.Request.Query["series"].OfType<string>().Where(id => id.Length > 0).Distinct()];
        if (ids.Length is 0 or > SeriesMax)
        {
            throw ApiProblem.BadRequest(new($"series 应给出 1 到 {SeriesMax} 个测点，每个写作 采集端/设备/测点。", $"series must name 1 to {SeriesMax} tags, each written as agent/device/tag."));
        }

        return plant.Board.Read<IReadOnlyList<SeriesInfo>>(devices => [.. ids.Select(id => devices.SelectMany(d => d.Series).FirstOrDefault(s => IdOf(s.Key) == id) is { } series
            ? new SeriesInfo(series.Key, series.Kind, series.Unit, series.IntervalMs, series.DecimalPlaces)
            : throw ApiProblem.NotFound(new($"没有测点 {id}。", $"There is no tag {id}.")))]);
    }

    private static (long From, long To) RangeOf(HttpContext context, PlantState plant)
    {
        DateTimeOffset to = context.Query("to") is { } end ? HubFiles.ParseInstant(end, DateTimeOffset.MaxValue) : plant.Now;
        DateTimeOffset from = context.Query("from") is { } begin ? HubFiles.ParseInstant(begin, DateTimeOffset.MaxValue) : to.AddHours(-1);
        return from < to && to - from <= RangeMax ? (UnixTicks.From(from), UnixTicks.From(to))
            : throw ApiProblem.BadRequest(new($"from 应早于 to，且不超过 {RangeMax.TotalDays:0} 天。", $"from must lie before to, by at most {RangeMax.TotalDays:0} days."));
    }

    /// <summary>From memory where the range is recent; the store is asked for older hours.</summary>
    private static async Task<Dictionary<int, HourCell>> HoursAsync(
        ITimeSeriesStore store, PlantState plant, SeriesKey series, long fromTicks, long toTicks, CancellationToken cancellation)
    {
        (int from, int to) = (UnixTicks.HourOf(fromTicks) - 1, UnixTicks.HourOf(toTicks) + 2);
        if (plant.Hours is { IsFilled: true } recent && from >= UnixTicks.HourOf(plant.NowTicks) - HourBoard.HoursKept)
        {
            return recent.Of(series.Agent, series.Device, from, to).ToDictionary(h => h.Hour, h => h.Cell);
        }

        Dictionary<int, HourCell> hours = [];
        await store.VisitDeviceHoursAsync(
            series.Site, from, to,
            (DeviceSource source, in ScanAccount account) =>
            {
                if (source.Device == series.Device && source.Agent.Agent == series.Agent)
                {
                    hours[account.Hour] = HourCell.Of(account).Plus(hours.GetValueOrDefault(account.Hour));
                }
            },
            cancellation);
        return hours;
    }
}
