using System.Globalization;
using System.Text;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Challenge;

/// <summary>A live test: the assessor asks, somebody acts at the machine, and the store shows when the tag changed.</summary>
/// <remarks>The request is in the log before anything is watched, and so is a challenge to which nothing came. What anybody else asks for is
/// a self-test and is called so in every line, so that a reader who looks for challenges does not find it.</remarks>
public sealed class LiveChallenge(ITimeSeriesStore store, AuditLog log, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>A gateway's clock may be behind the hub's by so much; a change dated before the request is none.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(1);

    /// <summary>Writes the request down and gives its number.</summary>
    /// <exception cref="ArgumentException">The store has no such series.</exception>
    public async Task<AuditEntry> RequestAsync(ChallengeRequest request, ChallengeAsker asker, CancellationToken cancellation)
    {
        SeriesPoint? now = await LastAsync(request.Series, cancellation).ConfigureAwait(false)
            ?? throw new ArgumentException($"There are no readings of {NameOf(request.Series)}; GET /api/values lists the tags that there are.");
        return log.Append(
            asker.Who, KindOf(asker) + ChallengeRecord.Requested, ("role", asker.Role), ("via", asker.Via),
            ("site", request.Series.Site), ("agent", request.Series.Agent), ("device", request.Series.Device), ("tag", request.Series.Tag), ("asset", request.AssetNo),
            ("action", request.Action), ("expected", request.Expected ?? ""), ("limitSeconds", request.Limit.TotalSeconds.ToString(CultureInfo.InvariantCulture)),
            ("before", TextOf(now.Value.Value)), ("provenance", now.Value.Provenance.ToString().ToLowerInvariant()), ("note", request.Note));
    }

    /// <summary>Waits for the change, at most for the request's limit, and writes down what came.</summary>
    /// <param name="requested">What <see cref="RequestAsync"/> gave to the same asker.</param>
    public async Task<ChallengeOutcome> WatchAsync(ChallengeRequest request, AuditEntry requested, ChallengeAsker asker, CancellationToken cancellation)
    {
        string before = requested.Facts["before"];
        long fromTicks = UnixTicks.From(requested.At) - ClockTolerance.Ticks;
        ChallengeOutcome? seen = null;
        while (seen is null && time.GetUtcNow() - requested.At < request.Limit)
        {
            seen = await FindChangeAsync(request, requested, before, fromTicks, cancellation).ConfigureAwait(false);
            if (seen is null)
            {
                await Task.Delay(Look, time, cancellation).ConfigureAwait(false);
            }
        }

        ChallengeOutcome outcome = seen ?? new ChallengeOutcome(requested.Sequence, false, before, "", null, null, null);
        log.Append(
            asker.Who, KindOf(asker) + (outcome.Observed ? ChallengeRecord.Observed : ChallengeRecord.WithoutResult), ("role", asker.Role), ("via", asker.Via),
            ("challenge", requested.Sequence.ToString(CultureInfo.InvariantCulture)), ("before", outcome.Before), ("after", outcome.After),
            ("sourceTime", outcome.ObservedTicks is { } ticks ? UnixTicks.ToDateTimeOffset(ticks).ToString("O", CultureInfo.InvariantCulture) : ""),
            ("latencyMs", outcome.LatencyMs?.ToString("0", CultureInfo.InvariantCulture) ?? ""), ("provenance", outcome.Provenance?.ToString().ToLowerInvariant() ?? ""));
        return outcome;
    }

    private static string KindOf(ChallengeAsker asker) => asker.IsAssessor ? ChallengeRecord.Challenge : ChallengeRecord.SelfTest;

    private async Task<ChallengeOutcome?> FindChangeAsync(
        ChallengeRequest request, AuditEntry requested, string before, long fromTicks, CancellationToken cancellation)
    {
        long toTicks = UnixTicks.Now(time) + UnixTicks.PerHour;
        foreach (RangePoint point in await store.ReadRangeAsync(request.Series, fromTicks, toTicks, 0, cancellation).ConfigureAwait(false))
        {
            string value = TextOf(point.Last);
            if (point.WorstQuality.IsGood && value != before && (request.Expected is null || Same(value, request.Expected)))
            {
                Provenance? provenance = (await LastAsync(request.Series, cancellation).ConfigureAwait(false))?.Provenance;
                double latencyMs = (point.Ticks - UnixTicks.From(requested.At)) / (double)UnixTicks.PerMillisecond;
                return new ChallengeOutcome(requested.Sequence, true, before, value, point.Ticks, latencyMs, provenance);
            }
        }

        return null;
    }

    private async Task<SeriesPoint?> LastAsync(SeriesKey series, CancellationToken cancellation)
    {
        foreach (SeriesPoint point in await store.ReadLastAsync(series.Site, cancellation).ConfigureAwait(false))
        {
            if (point.Series == series)
            {
                return point;
            }
        }

        return null;
    }

    private static bool Same(string value, string expected) => value.Equals(expected, StringComparison.OrdinalIgnoreCase)
        || (decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal a)
            && decimal.TryParse(expected, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal b) && a == b);

    private static string NameOf(SeriesKey series) => $"{series.Site}/{series.Agent}/{series.Device}/{series.Tag}";

    private static string TextOf(StoredValue value) => value.Kind switch
    {
        ValueKind.Boolean => value.Bits != 0 ? "true" : "false",
        ValueKind.Int64 => ((long)value.Bits).ToString(CultureInfo.InvariantCulture),
        ValueKind.UInt64 => value.Bits.ToString(CultureInfo.InvariantCulture),
        ValueKind.Float32 => BitConverter.UInt32BitsToSingle((uint)value.Bits).ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Float64 => BitConverter.UInt64BitsToDouble(value.Bits).ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Text => Encoding.UTF8.GetString(value.Bytes ?? []),
        ValueKind.Bytes => Convert.ToHexString(value.Bytes ?? []),
        _ => "",
    };
}
