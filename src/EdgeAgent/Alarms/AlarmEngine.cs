using System.Collections.Concurrent;
using EdgeAgent.Alarms.Notify;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Plant;
using EdgeAgent.Web.Plant.Overview;

namespace EdgeAgent.Alarms;

/// <summary>Raises and clears alarms: values as they are committed, everything else each second; keeps the history and tells people.</summary>
/// <remarks>Conditions are decided under the board's lock; what follows from them (disk, network) happens on the engine's own loop.</remarks>
internal sealed partial class AlarmEngine : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>Open alarms held and shown; beyond it somebody has to tidy up first.</summary>
    public const int OpenMax = 5000;

    private readonly PlantState _plant;
    private readonly AlarmFile _file;
    private readonly AlarmHistory _history;
    private readonly AlarmNotifier _notifier;
    private readonly TimeProvider _time;
    private readonly ILogger<AlarmEngine> _logger;
    private readonly AlarmPoints _points;
    private readonly ConcurrentQueue<AlarmChange> _changes = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<long, AlarmRecord> _open = [];
    private AlarmSettings _settings;
    private (long Shape, int Agents, bool IsEarly, AlarmSettings? Settings) _built;
    private long _version = 1;

    public AlarmEngine(PlantState plant, AlarmFile file, AlarmHistory history, AlarmNotifier notifier, TimeProvider time, ILogger<AlarmEngine> logger)
    {
        (_plant, _file, _history, _notifier, _time, _logger) = (plant, file, history, notifier, time, logger);
        _points = new AlarmPoints(plant, _changes.Enqueue, time);
        _settings = ReadSettings();
        notifier.Use(_settings.Channels);
        foreach (AlarmRecord alarm in history.ReadOpen(OpenMax))
        {
            _open.Add(alarm.Id, alarm);
        }
    }

    public AlarmSettings Settings
    {
        get
        {
            lock (_gate)
            {
                return _settings;
            }
        }
    }

    /// <summary>Changes with every alarm that begins, ends or is acknowledged.</summary>
    public long Version => Interlocked.Read(ref _version);

    public AlarmHistory History => _history;

    public AlarmNotifier Notifier => _notifier;

    /// <summary>Active alarms and those that nobody acknowledged, newest first.</summary>
    public IReadOnlyList<AlarmRecord> Open
    {
        get
        {
            lock (_gate)
            {
                return [.. _open.Values.OrderByDescending(a => a.Id)];
            }
        }
    }

    public AlarmCountsView Counts
    {
        get
        {
            lock (_gate)
            {
                AlarmRecord[] active = [.. _open.Values.Where(a => a.IsActive)];
                return new AlarmCountsView(
                    active.Length, _open.Values.Count(a => a.AcknowledgedBy is null), active.Count(a => a.Severity == AlarmSeverity.Critical),
                    active.Count(a => a.Severity == AlarmSeverity.Warning), active.Count(a => a.Severity == AlarmSeverity.Info));
            }
        }
    }

    /// <summary>Takes settings over that were checked.</summary>
    /// <exception cref="IOException">They cannot be written; the ones before stay in force.</exception>
    public void Change(AlarmSettings settings)
    {
        lock (_gate)
        {
            _file.Write(settings);
            _settings = settings;
        }

        _notifier.Use(settings.Channels);
    }

    /// <exception cref="ApiProblem">There is no such alarm, or somebody acknowledged it before.</exception>
    public AlarmRecord Acknowledge(long id, string who, string comment)
    {
        lock (_gate)
        {
            AlarmRecord alarm = _open.GetValueOrDefault(id) ?? _history.Find(id)
                ?? throw ApiProblem.NotFound(new($"没有编号为 {id} 的报警。", $"There is no alarm {id}."));
            if (alarm.AcknowledgedBy is { } before)
            {
                throw ApiProblem.Conflict(new($"{before} 已确认过此报警。", $"{before} has acknowledged it already."));
            }

            alarm = alarm with { AcknowledgedBy = who, AcknowledgedAt = _time.GetUtcNow(), Comment = comment };
            _history.Acknowledge(id, who, alarm.AcknowledgedAt.Value, comment);
            Put(alarm);
            return alarm;
        }
    }

    /// <summary>One round: fits rules to the plant where either changed, looks at the time, and works off what began and ended.</summary>
    public void Step()
    {
        AlarmSettings settings = Settings;
        (long, int, bool, AlarmSettings?) now = (_plant.Board.Shape, _plant.Watch.Agents.Count, _points.IsEarly, settings);
        _plant.Board.Read<bool>(devices =>
        {
            if (now != _built)
            {
                _points.Build(devices, settings, Standing());
                _built = now;
            }

            _points.Tick();
            return true;
        });
        // Taken off when it is done: where the disk is full, the next round tries again.
        while (_changes.TryPeek(out AlarmChange? change))
        {
            Settle(change, settings);
            _changes.TryDequeue(out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task telling = _notifier.RunAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Step();
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                StepFailed(_logger, problem); // Alarms must never end the collection.
            }

            await Task.Delay(Every, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await telling;
    }

    private AlarmSettings ReadSettings()
    {
        try
        {
            return _file.Read();
        }
        catch (IOException problem)
        {
            SettingsUnreadable(_logger, problem.Message);
            return new AlarmSettings();
        }
    }

    private HashSet<(string, AlarmSubject)> Standing()
    {
        lock (_gate)
        {
            return [.. _open.Values.Where(a => a.IsActive).Select(a => (a.Rule, new AlarmSubject(a.Agent, a.Device, a.Tag)))];
        }
    }

    private void Settle(AlarmChange change, AlarmSettings settings)
    {
        (AlarmRule rule, AlarmSubject subject) = (change.Point.Rule, change.Point.Subject);
        AlarmRecord alarm;
        lock (_gate)
        {
            AlarmRecord? standing = _open.Values.FirstOrDefault(a => a.IsActive && a.Rule == rule.Id && a.Agent == subject.Agent && a.Device == subject.Device && a.Tag == subject.Tag);
            if (change.Raised ? standing is not null || _open.Count >= OpenMax : standing is null)
            {
                return;
            }

            if (change.Raised)
            {
                alarm = _history.Add(new AlarmRecord(
                    0, rule.Id, rule.Name, rule.Kind, rule.Severity, subject.Agent, subject.Device, subject.Tag, subject.Unit, change.At, null, change.Value, change.Limit,
                    null, null, null));
            }
            else
            {
                alarm = standing! with { ClearedAt = change.At };
                _history.Clear(alarm.Id, change.At);
            }

            Put(alarm);
        }

        _notifier.Tell(alarm, settings.Rules.FirstOrDefault(r => r.Id == rule.Id)?.Notify ?? []);
    }

    private void Put(AlarmRecord alarm)
    {
        if (alarm.IsOpen)
        {
            _open[alarm.Id] = alarm;
        }
        else
        {
            _open.Remove(alarm.Id);
        }

        Interlocked.Increment(ref _version);
    }

    [LoggerMessage(1, LogLevel.Error, "Alarms could not be looked after; the next round tries again.")]
    private static partial void StepFailed(ILogger logger, Exception problem);

    [LoggerMessage(2, LogLevel.Error, "{Problem}")]
    private static partial void SettingsUnreadable(ILogger logger, string problem);
}
