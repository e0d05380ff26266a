namespace EdgeAgent.Alarms;

/// <summary>One rule at one place: holds or not, since when, and whether that became an alarm. Delays run by the monotonic clock, which never jumps.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class AlarmPoint(AlarmRule rule, AlarmSubject subject, TimeProvider time)
{
    private long? _holdsSince;
    private long? _overSince;
    private DateTimeOffset _raiseAt;
    private double? _value;
    private double? _limit;

    public AlarmRule Rule { get; private set; } = rule;

    public AlarmSubject Subject => subject;

    /// <summary>Whether an alarm is raised.</summary>
    public bool IsRaised { get; private set; }

    /// <summary>Whether the condition holds, delays aside.</summary>
    public bool Holds { get; private set; }

    /// <summary>Of a limit that holds: whether it is the high one; null when that is not known.</summary>
    public bool? IsHigh { get; set; }

    /// <summary>Goes on after a restart, where an alarm stood.</summary>
    public void Resume() => (IsRaised, Holds) = (true, true);

    /// <summary>Goes on with a rule that was edited.</summary>
    public void Take(AlarmRule edited) => Rule = edited;

    /// <summary>Takes in whether the condition holds.</summary>
    /// <param name="at">When, by what was observed.</param>
    public AlarmChange? Observe(bool holds, DateTimeOffset at, double? value = null, double? limit = null)
    {
        if (holds && !Holds)
        {
            _holdsSince = time.GetTimestamp();
            (_raiseAt, _value, _limit) = (at, value, limit);
        }
        else if (!holds && Holds)
        {
            _overSince = time.GetTimestamp();
        }

        Holds = holds;
        return Tick(at);
    }

    /// <summary>Lets delays run out.</summary>
    public AlarmChange? Tick(DateTimeOffset now)
    {
        if (Holds && !IsRaised && Passed(_holdsSince, Rule.OnDelaySeconds))
        {
            IsRaised = true;
            return new AlarmChange(this, true, Rule.OnDelaySeconds > 0 ? now : _raiseAt, _value, _limit);
        }

        if (!Holds && IsRaised && Passed(_overSince, Rule.OffDelaySeconds))
        {
            IsRaised = false;
            return new AlarmChange(this, false, now, null, null);
        }

        return null;
    }

    private bool Passed(long? since, double seconds) => since is { } stamp && time.GetElapsedTime(stamp) >= TimeSpan.FromSeconds(seconds);
}

/// <summary>What an alarm is about; parts that play no role are empty.</summary>
internal readonly record struct AlarmSubject(string Agent, string Device, string Tag, string Unit = "");

/// <summary>An alarm began or ended.</summary>
internal sealed record AlarmChange(AlarmPoint Point, bool Raised, DateTimeOffset At, double? Value, double? Limit);
