using System.Text.Json.Serialization;

namespace EdgeAgent.Web.Plant.Trends;

/// <summary>A tag that can be drawn.</summary>
/// <param name="Id">By which it is asked for: agent/device/tag.</param>
internal sealed record SeriesView(string Id, string Agent, string Device, string Tag, string Unit, string Kind, int IntervalMs, int Decimals, bool Configured);

/// <summary>Series over one range of time.</summary>
internal sealed record TrendView(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<TrendSeriesView> Series);

/// <summary>One series: its points, where it was silent for want of readings, and where readings were not good.</summary>
/// <param name="BucketMs">Width of a point when the store cut the range into buckets; 0 when every reading is given.</param>
/// <param name="Points">Ascending. Between two points without a gap the value stood still: a line may be drawn.</param>
/// <param name="Gaps">Where readings are missing: no line may be drawn.</param>
/// <param name="Bands">Where readings were uncertain or bad.</param>
internal sealed record TrendSeriesView(
    string Id, string Unit, string Kind, int Decimals, int IntervalMs, long BucketMs,
    IReadOnlyList<TrendPointView> Points, IReadOnlyList<TrendSpanView> Gaps, IReadOnlyList<TrendBandView> Bands);

/// <summary>A reading, or a bucket of them. Short names, because there are thousands.</summary>
/// <param name="T">Milliseconds since 1970 in UTC.</param>
/// <param name="V">The last value; null when it is no number or the reading was bad.</param>
/// <param name="Min">Least good value of a bucket; left out for a single reading.</param>
/// <param name="Max">Largest good value of a bucket; left out for a single reading.</param>
/// <param name="Q">0 good, 1 uncertain, 2 bad: the worst in the bucket.</param>
/// <param name="N">Readings in the bucket; left out for one.</param>
internal sealed record TrendPointView(
    long T,
    double? V,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Min,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Max,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Q,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? N);

/// <param name="From">Milliseconds since 1970 in UTC.</param>
/// <param name="To">Milliseconds since 1970 in UTC.</param>
internal sealed record TrendSpanView(long From, long To);

/// <param name="Quality">Name of the status code, of the worst.</param>
/// <param name="Q">1 uncertain, 2 bad.</param>
internal sealed record TrendBandView(long From, long To, int Q, string Quality);
