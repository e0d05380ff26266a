using EdgeAgent.Collector.Drivers;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>What the loop knows of one device while it runs: whether a scan is under way, whether it is quarantined, and its figures.</summary>
/// <remarks>Written by the loop only; the figures may be read from elsewhere and are then at most one scan old.</remarks>
internal sealed class DeviceState(int index, string name, SchedulingLimits limits, Func<double> random, TimeProvider time)
{
    private const string SendsNothing = "sends nothing within its period";

    private readonly Backoff _probes = new(limits.ProbeBackoffFirstMs, limits.ProbeBackoffMostMs, random);

    public int Index { get; } = index;
    public string Name { get; } = name;
    public ScanMeter Meter { get; } = new();

    /// <summary>What was wrong lately.</summary>
    public ProblemHistory Problems { get; } = new(time);

    /// <summary>Groups that came due while another group of the device was being scanned, earliest first.</summary>
    public Queue<GroupState> Waiting { get; } = new();

    public bool IsScanning { get; set; }

    /// <summary>How long a probe may wait; set from the neighbours' shortest period.</summary>
    public int ProbeDeadlineMs { get; set; }

    public int SilentScans { get; private set; }
    public bool IsQuarantined { get; private set; }
    public long ProbeAtStamp { get; private set; }
    public bool HasAnswered { get; private set; }
    public string? LastProblem { get; private set; }

    /// <summary>Whether a scan due now must not go out to the device.</summary>
    public bool Refuses(long nowStamp) => IsQuarantined && nowStamp < ProbeAtStamp;

    /// <summary>A device that did not answer last time is asked with one small request and a short deadline.</summary>
    public int DeadlineOfNextScanMs => SilentScans > 0 ? ProbeDeadlineMs : 0;

    /// <summary>Takes the outcome of a scan in.</summary>
    /// <returns>What changed about the device's standing, for the log.</returns>
    public Standing Observe(in ScanOutcome outcome, long nowStamp, TimeProvider time)
    {
        LastProblem = outcome.Problem;
        Problems.Note(outcome.Problem);
        switch (outcome.Answer)
        {
            case ScanAnswer.Answered:
                return Recover();

            case ScanAnswer.Silent:
                SilentScans++;
                if (SilentScans < limits.SilentScansToQuarantine)
                {
                    return Standing.Unchanged;
                }

                bool isNew = !IsQuarantined;
                IsQuarantined = true;
                ProbeAtStamp = nowStamp + _probes.Next().ToStamps(time);
                return isNew ? Standing.Quarantined : Standing.StillQuarantined;

            default:
                return Standing.Unchanged;
        }
    }

    /// <summary>Readings that the device is known to have sent and that were lost on the way.</summary>
    public long Lost { get; private set; }

    public void NoteLost(int readings) => Lost += readings;

    public void NoteProblem(string? problem)
    {
        LastProblem = problem;
        Problems.Note(problem);
    }

    /// <summary>For a device that sends by itself: it sent something, or is vouched for.</summary>
    public Standing Heard()
    {
        if (HasAnswered && SilentScans == 0)
        {
            return Standing.Unchanged;
        }

        Problems.Note(null);
        bool wasToldSilent = SilentScans >= limits.SilentScansToQuarantine;
        bool isFirst = !HasAnswered;
        HasAnswered = true;
        ForgetSilence();
        return isFirst ? Standing.FirstAnswer : wasToldSilent ? Standing.Recovered : Standing.Unchanged;
    }

    /// <summary>For a device that sends by itself: a due instant passed and nothing was known of any of its tags.</summary>
    public Standing Silent()
    {
        SilentScans++;
        if (SilentScans < limits.SilentScansToQuarantine)
        {
            return Standing.Unchanged;
        }

        Problems.Note(SendsNothing);
        return SilentScans == limits.SilentScansToQuarantine ? Standing.FellSilent : Standing.Unchanged;
    }

    /// <summary>Lets the next scan go out whatever the quarantine says: after a reconnect every device gets its chance at once.</summary>
    public void ProbeNow(long nowStamp) => ProbeAtStamp = nowStamp;

    private void ForgetSilence()
    {
        SilentScans = 0;
        IsQuarantined = false;
        _probes.Reset();
    }

    private Standing Recover()
    {
        bool wasQuarantined = IsQuarantined;
        bool isFirst = !HasAnswered;
        HasAnswered = true;
        ForgetSilence();
        return wasQuarantined ? Standing.Recovered : isFirst ? Standing.FirstAnswer : Standing.Unchanged;
    }
}

/// <summary>A change in how a device stands.</summary>
internal enum Standing
{
    Unchanged,
    FirstAnswer,
    Quarantined,
    StillQuarantined,
    Recovered,

    /// <summary>A device that sends by itself sends nothing.</summary>
    FellSilent,
}
