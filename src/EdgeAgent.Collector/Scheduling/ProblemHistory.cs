using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>The last problems of a device or a connection, each from when to when, so that people see what was wrong before they looked.</summary>
/// <remarks>Written by one loop, read from anywhere. Noting the same problem again, or that there is still none, costs a comparison.</remarks>
internal sealed class ProblemHistory(TimeProvider time)
{
    /// <summary>Problems kept; an older one makes room.</summary>
    private const int KeepMax = 8;

    private readonly Lock _gate = new();
    private readonly PastProblem[] _kept = new PastProblem[KeepMax];
    private int _count;
    private string? _lasting;

    /// <summary>Takes in what is wrong now; null when nothing is.</summary>
    public void Note(string? problem)
    {
        if (problem is null && _lasting is null)
        {
            return;
        }

        lock (_gate)
        {
            ref PastProblem newest = ref _kept[(_count + KeepMax - 1) % KeepMax];
            if (problem is not null && problem == _lasting)
            {
                newest = newest with { Count = newest.Count + 1 };
                return;
            }

            long now = UnixTicks.Now(time);
            if (_lasting is not null)
            {
                newest = newest with { UntilTicks = now };
            }

            _lasting = problem;
            if (problem is not null)
            {
                _kept[_count % KeepMax] = new PastProblem(now, null, problem, 1);
                _count++;
            }
        }
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<PastProblem> Read()
    {
        lock (_gate)
        {
            var read = new PastProblem[Math.Min(_count, KeepMax)];
            for (int i = 0; i < read.Length; i++)
            {
                read[i] = _kept[(_count - 1 - i) % KeepMax];
            }

            return read;
        }
    }
}
