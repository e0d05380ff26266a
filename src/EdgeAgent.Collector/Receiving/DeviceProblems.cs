namespace EdgeAgent.Collector.Receiving;

/// <summary>What is wrong with each device of an endpoint, reported to the inbox when it changes and not with every message.</summary>
internal sealed class DeviceProblems(int devices, ReadingInbox inbox)
{
    private readonly string?[] _problems = new string?[devices];

    /// <summary>Sets the problem; null when there is none any more. Texts should be constant or cached.</summary>
    public void Set(int device, string? problem, int lost = 0, int gap = 0)
    {
        if (lost > 0 || !string.Equals(_problems[device], problem, StringComparison.Ordinal))
        {
            _problems[device] = problem;
            inbox.Report(device, problem, lost, gap);
        }
    }
}
