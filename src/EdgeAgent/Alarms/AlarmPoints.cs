using EdgeAgent.Core.Model;
using EdgeAgent.Web.Plant;
using EdgeAgent.Web.Plant.Board;

namespace EdgeAgent.Alarms;

/// <summary>Every rule at every place that it fits, kept while devices come and go and rules are edited. Used under the board's lock.</summary>
internal sealed class AlarmPoints(PlantState plant, Action<AlarmChange> changed, TimeProvider time)
{
    /// <summary>A device that nobody has named for so long after a start is gone.</summary>
    private static readonly TimeSpan UnknownMost = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan OfflineLeast = TimeSpan.FromSeconds(15);
    private const int OfflinePeriods = 3;

    private readonly GoodClock _good = new(time);
    private readonly long _startedAt = time.GetTimestamp();
    private readonly Dictionary<(string Rule, AlarmSubject Subject), AlarmPoint> _points = [];
    private readonly List<(AlarmPoint Point, BoardDevice Device, BoardSeries? Series)> _ofDevices = [];
    private readonly List<(SeriesWatch Watch, BoardSeries Series)> _ofSeries = [];
    private readonly List<AlarmPoint> _ofAgents = [];
    private readonly List<AlarmPoint> _ofStore = [];

    /// <summary>Whether somewhere an alarm stands at this place.</summary>
    public bool IsRaised(string rule, in AlarmSubject subject) => _points.TryGetValue((rule, subject), out AlarmPoint? point) && point.IsRaised;

    /// <summary>Whether devices may yet be named that were there before the start.</summary>
    public bool IsEarly => time.GetElapsedTime(_startedAt) < UnknownMost;

    /// <summary>Fits the rules to the plant as it is.</summary>
    /// <param name="standing">Alarms that stood before a restart, by rule and subject.</param>
    public void Build(IReadOnlyCollection<BoardDevice> devices, AlarmSettings settings, IReadOnlySet<(string, AlarmSubject)> standing)
    {
        Dictionary<(string, AlarmSubject), AlarmPoint> before = new(_points);
        _points.Clear();
        _ofDevices.Clear();
        _ofSeries.Clear();
        _ofAgents.Clear();
        _ofStore.Clear();
        Dictionary<BoardSeries, List<ISeriesWatcher>> watchers = [];
        foreach (AlarmRule rule in settings.Rules.Where(r => r.Enabled))
        {
            Fit(rule, devices, before, standing, watchers);
        }

        foreach (BoardSeries series in devices.SelectMany(d => d.Series))
        {
            series.Watchers = watchers.GetValueOrDefault(series) ?? [];
        }

        HashSet<string> rules = [.. settings.Rules.Where(r => r.Enabled).Select(r => r.Id)];
        bool isEarly = IsEarly;
        foreach (var (key, point) in before.Where(b => !_points.ContainsKey(b.Key)))
        {
            if (isEarly && rules.Contains(key.Item1))
            {
                _points.Add(key, point); // Its device may yet be named.
            }
            else if (point.IsRaised)
            {
                changed(new AlarmChange(point, false, plant.Now, null, null));
            }
        }

        if (!isEarly)
        {
            EndHomeless(standing);
        }

        foreach ((SeriesWatch watch, BoardSeries series) in _ofSeries.Where(s => s.Series.SourceTicks != 0))
        {
            watch.Committed(series);
        }
    }

    /// <summary>Looks at everything that time alone changes.</summary>
    public void Tick()
    {
        (DateTimeOffset now, long ticks) = (plant.Now, plant.NowTicks);
        foreach ((AlarmPoint point, BoardDevice device, BoardSeries? series) in _ofDevices)
        {
            if (plant.JudgedAt(device.Agent) < ticks)
            {
                continue; // The store is away or catches up: nothing is known of the device, neither for better nor for worse.
            }

            TimeSpan age = _good.AgeOf(device, ticks);
            bool isBad = series is { SourceTicks: not 0 } && !series.Quality.IsGood;
            TimeSpan limit = point.Rule.Kind == AlarmKind.Offline ? OfflineAfter(device) : TimeSpan.FromSeconds(point.Rule.Seconds ?? 0);
            bool holds = point.Rule.Kind == AlarmKind.Offline ? device.HeardTicks == 0 || age > limit : age > limit || (isBad && BadFor(series!, ticks) > limit);
            Note(point.Observe(holds, now, Math.Round((isBad ? BadFor(series!, ticks) : age).TotalSeconds, 1), limit.TotalSeconds));
        }

        foreach ((SeriesWatch watch, BoardSeries series) in _ofSeries)
        {
            watch.Tick(ticks, series);
            Note(watch.Point.Tick(now));
        }

        Dictionary<string, double> ages = plant.Watch.Agents.Where(a => a.Health is not null).ToDictionary(a => a.Agent.Agent, AgeOfBuffer);
        foreach (AlarmPoint point in _ofAgents)
        {
            double age = ages.GetValueOrDefault(point.Subject.Agent);
            Note(point.Observe(age > point.Rule.Seconds, now, Math.Round(age, 1), point.Rule.Seconds));
        }

        foreach (AlarmPoint point in _ofStore)
        {
            double down = plant.Store.DownSince is { } since ? Math.Max(0, (now - since).TotalSeconds) : 0;
            Note(point.Observe(!plant.Store.Available && down >= point.Rule.Seconds, now, Math.Round(down, 1), point.Rule.Seconds));
        }
    }

    /// <summary>Ends alarms that stood before the start and whose rule or device is gone since: no point would ever clear them.</summary>
    private void EndHomeless(IReadOnlySet<(string, AlarmSubject)> standing)
    {
        HashSet<(string, AlarmSubject)> homes = [.. _points.Keys.Select(key => (key.Rule, key.Subject with { Unit = "" }))];
        foreach ((string rule, AlarmSubject subject) in standing.Where(alarm => !homes.Contains(alarm)))
        {
            changed(new AlarmChange(new AlarmPoint(new AlarmRule { Id = rule, Name = "", Kind = AlarmKind.Limit }, subject, time), false, plant.Now, null, null));
        }
    }

    private static double AgeOfBuffer(WatchedAgent agent) =>
        agent.Health!.Buffer.OldestTicks is { } oldest ? Math.Max(0, agent.Health.AtTicks - oldest) / (double)UnixTicks.PerSecond : 0;

    private static TimeSpan BadFor(BoardSeries series, long ticks) => TimeSpan.FromTicks(Math.Max(0, ticks - series.SourceTicks));

    private static TimeSpan OfflineAfter(BoardDevice device) =>
        TimeSpan.FromMilliseconds(Math.Max(OfflineLeast.TotalMilliseconds, OfflinePeriods * (double)device.PeriodMs));

    private void Fit(
        AlarmRule rule, IReadOnlyCollection<BoardDevice> devices, Dictionary<(string, AlarmSubject), AlarmPoint> before, IReadOnlySet<(string, AlarmSubject)> standing,
        Dictionary<BoardSeries, List<ISeriesWatcher>> watchers)
    {
        switch (rule.Kind)
        {
            case AlarmKind.Store:
                if (plant.Sources.HasHub)
                {
                    _ofStore.Add(PointOf(rule, new AlarmSubject("", "", ""), before, standing));
                }

                return;
            case AlarmKind.Buffer:
                _ofAgents.AddRange(plant.Watch.Agents.Select(a => a.Agent.Agent).Where(name => NamePattern.Fits(rule.Agent, name))
                    .Select(name => PointOf(rule, new AlarmSubject(name, "", ""), before, standing)));
                return;
        }

        foreach (BoardDevice device in devices.Where(d => d.IsConfigured && NamePattern.Fits(rule.Agent, d.Agent.Agent) && NamePattern.Fits(rule.Device, d.Name)))
        {
            if (rule.Kind == AlarmKind.Offline || rule.Tag.Length == 0)
            {
                _ofDevices.Add((PointOf(rule, new AlarmSubject(device.Agent.Agent, device.Name, ""), before, standing), device, null));
                continue;
            }

            foreach (BoardSeries series in device.Series.Where(s => s.IsConfigured && NamePattern.Fits(rule.Tag, s.Tag)))
            {
                AlarmPoint point = PointOf(rule, new AlarmSubject(device.Agent.Agent, device.Name, series.Tag, series.Unit), before, standing);
                if (rule.Kind == AlarmKind.Silence)
                {
                    _ofDevices.Add((point, device, series));
                    continue;
                }

                SeriesWatch watch = new(point, changed);
                _ofSeries.Add((watch, series));
                (watchers.TryGetValue(series, out List<ISeriesWatcher>? own) ? own : watchers[series] = []).Add(watch);
            }
        }
    }

    private AlarmPoint PointOf(
        AlarmRule rule, AlarmSubject subject, Dictionary<(string, AlarmSubject), AlarmPoint> before, IReadOnlySet<(string, AlarmSubject)> standing)
    {
        (string, AlarmSubject) key = (rule.Id, subject);
        if (before.TryGetValue(key, out AlarmPoint? point) && point.Rule.Kind == rule.Kind)
        {
            point.Take(rule);
        }
        else
        {
            point = new AlarmPoint(rule, subject, time);
            if (standing.Contains((rule.Id, subject with { Unit = "" })))
            {
                point.Resume();
            }
        }

        _points[key] = point;
        return point;
    }

    private void Note(AlarmChange? change)
    {
        if (change is not null)
        {
            changed(change);
        }
    }
}
