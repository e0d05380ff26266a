using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Scheduling;

/// <summary>An endpoint that takes as long, and answers as badly, as the test says.</summary>
internal sealed class ScriptedEndpoint(TimeProvider time, IReadOnlyList<ScanGroup> groups) : IPolledEndpoint
{
    private bool _connected;

    public Func<bool> CanConnect { get; set; } = () => true;

    /// <summary>How long a scan of a device takes; asked at each scan.</summary>
    public Func<ScanRequest, int, int> DurationMs { get; set; } = (_, _) => 0;

    public Func<ScanRequest, int, ScanAnswer> Answer { get; set; } = (_, _) => ScanAnswer.Answered;

    public List<(int Group, long AtMs, int ProbeDeadlineMs)> Scans { get; } = [];

    public int Connects { get; private set; }

    public int FailedConnects { get; private set; }

    public bool IsConnected => _connected;

    public bool Simulated { get; set; }

    public void Drop() => _connected = false;

    public ValueTask ConnectAsync(CancellationToken cancellation)
    {
        if (!CanConnect())
        {
            FailedConnects++;
            throw new EndpointConnectException("nobody at home");
        }

        Connects++;
        _connected = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisconnectAsync()
    {
        _connected = false;
        return ValueTask.CompletedTask;
    }

    public async ValueTask<ScanOutcome> ScanAsync(ScanRequest request, ReadingBatch into, CancellationToken cancellation)
    {
        ScanGroup group = groups[request.Group];
        Scans.Add((request.Group, time.GetTimestamp() / TimeSpan.TicksPerMillisecond, request.ProbeDeadlineMs));
        int duration = DurationMs(request, group.Device);
        ScanAnswer answer = Answer(request, group.Device);
        if (duration > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(duration), time, cancellation);
        }

        foreach (int tag in group.TagIds)
        {
            into.Add(answer == ScanAnswer.Answered
                ? Reading.Int64(tag, Quality.Good, UnixTicks.Now(time), Scans.Count)
                : Reading.Failed(tag, Quality.BadTimeout, UnixTicks.Now(time)));
        }

        return new ScanOutcome(answer, answer == ScanAnswer.Answered ? null : "no answer");
    }

    public bool IsSimulated(int device) => Simulated;

    public ValueTask DisposeAsync() => DisconnectAsync();
}
