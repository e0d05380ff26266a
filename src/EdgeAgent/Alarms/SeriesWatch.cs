using EdgeAgent.Core.Model;
using EdgeAgent.Web.Plant.Board;

namespace EdgeAgent.Alarms;

/// <summary>Holds each good reading of a series against a limit or a rate. A bad reading neither raises nor clears: it says nothing of the value.</summary>
internal sealed class SeriesWatch(AlarmPoint point, Action<AlarmChange> changed) : ISeriesWatcher
{
    /// <summary>Seconds over which a change is measured unless a rule says otherwise.</summary>
    private const double WindowSecondsDefault = 10;

    private (long Ticks, double Value)? _before;

    public AlarmPoint Point => point;

    public void Committed(BoardSeries series)
    {
        double value = new Reading(0, series.Quality, 0, series.Value.Kind, series.Value.Bits).ToDouble();
        if (!series.Quality.IsGood || !double.IsFinite(value))
        {
            return;
        }

        AlarmChange? change = point.Rule.Kind == AlarmKind.Rate ? ObserveRate(series, value) : ObserveLimit(series, value);
        if (change is not null)
        {
            changed(change);
        }
    }

    /// <summary>A value that stopped changing is not sent any more, so its rate falls to nothing without a reading.</summary>
    public void Tick(long nowTicks, BoardSeries series)
    {
        if (point is { Rule.Kind: AlarmKind.Rate, Holds: true } && nowTicks - series.SourceTicks > 2 * WindowOf(series)
            && point.Observe(false, UnixTicks.ToDateTimeOffset(nowTicks)) is { } change)
        {
            changed(change);
        }
    }

    private AlarmChange? ObserveLimit(BoardSeries series, double value)
    {
        AlarmRule rule = point.Rule;
        // The value must come back by the hysteresis from the limit that it passed; from the other one it may be any distance.
        bool? isHigh = !point.Holds ? null : point.IsHigh ?? (rule.Low is null ? true : rule.High is null ? false : null);
        bool above = value > rule.High - (isHigh == true ? rule.Hysteresis : 0);
        bool below = value < rule.Low + (isHigh == false ? rule.Hysteresis : 0);
        point.IsHigh = above ? true : below ? false : null;
        return point.Observe(above || below, UnixTicks.ToDateTimeOffset(series.SourceTicks), value, above ? rule.High : below ? rule.Low : null);
    }

    private AlarmChange? ObserveRate(BoardSeries series, double value)
    {
        if (_before is not { } before || series.SourceTicks <= before.Ticks)
        {
            _before = (series.SourceTicks, value);
            return null;
        }

        long window = WindowOf(series);
        long passed = series.SourceTicks - before.Ticks;
        if (passed < window)
        {
            return null;
        }

        _before = (series.SourceTicks, value);
        // A value that a deadband held back stood still until shortly before: what it did, it did within one window.
        double perMinute = (value - before.Value) / (window / (double)TimeSpan.TicksPerMinute);
        return point.Observe(Math.Abs(perMinute) > point.Rule.PerMinute, UnixTicks.ToDateTimeOffset(series.SourceTicks), perMinute, point.Rule.PerMinute);
    }

    private long WindowOf(BoardSeries series) => Math.Max(
        (long)((point.Rule.Seconds ?? WindowSecondsDefault) * TimeSpan.TicksPerSecond), series.IntervalMs * UnixTicks.PerMillisecond);
}
