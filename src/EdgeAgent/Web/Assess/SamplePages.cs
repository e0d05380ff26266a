using System.Text.Json;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Assess;

/// <summary>Stored readings of the devices that speak for one asset.</summary>
internal static class SamplePages
{
    private static readonly TimeSpan RangeMax = TimeSpan.FromDays(31);

    public static Task WriteAsync(HttpContext context, AssessSource source) => AssessQuery.AnswerAsync(context, async () =>
    {
        string asset = (string?)context.Request.RouteValues["assetNo"] ?? "";
        (_, int limit) = AssessQuery.Page(context);
        DateTimeOffset to = AssessQuery.Instant(context, "to", source.Time) ?? source.Time.GetUtcNow();
        DateTimeOffset from = AssessQuery.Instant(context, "from", source.Time) ?? to.AddHours(-1);
        if (from >= to || to - from > RangeMax)
        {
            throw new ArgumentException($"from must lie before to, by at most {RangeMax.TotalDays:0} days.");
        }

        HashSet<(AgentKey, string)> devices = [.. (await source.Store.ListDevicesAsync(source.Files.Site, context.RequestAborted))
            .Where(d => d.Asset.Trim().Equals(asset, StringComparison.OrdinalIgnoreCase)).Select(d => (d.Agent, d.Device))];
        if (devices.Count == 0)
        {
            throw ApiProblem.NotFound($"No device of site {source.Files.Site} is bound to asset '{asset}'.");
        }

        string? tag = AssessQuery.Text(context, "tag");
        SeriesInfo[] series = [.. (await source.Store.ListSeriesAsync(source.Files.Site, context.RequestAborted))
            .Where(s => devices.Contains((new AgentKey(s.Key.Site, s.Key.Agent), s.Key.Device)) && (tag is null || s.Key.Tag == tag))];
        await WriteAsync(context, source, series, UnixTicks.From(from), UnixTicks.From(to), limit);
    });

    private static async Task WriteAsync(HttpContext context, AssessSource source, SeriesInfo[] series, long from, long to, int limit)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await using Utf8JsonWriter json = new(context.Response.BodyWriter);
        json.WriteStartArray();
        foreach (SeriesInfo one in series)
        {
            // The store cuts a longer range into so many buckets: count says how many readings each stands for.
            foreach (RangePoint point in await source.Store.ReadRangeAsync(one.Key, from, to, Math.Max(1, limit), context.RequestAborted))
            {
                json.WriteStartObject();
                json.WriteString("agent", one.Key.Agent);
                json.WriteString("device", one.Key.Device);
                json.WriteString("tag", one.Key.Tag);
                json.WriteString("unit", one.Unit);
                json.WriteString("time", UnixTicks.ToDateTimeOffset(point.Ticks));
                json.WriteString("quality", point.WorstQuality.ToString());
                json.WriteNumber("count", point.Count);
                json.WritePropertyName("value");
                LastValues.WriteValue(json, point.Last);
                json.WriteEndObject();
            }

            await json.FlushAsync(context.RequestAborted);
        }

        json.WriteEndArray();
    }
}
