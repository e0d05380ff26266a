using System.Globalization;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.Probe;

/// <summary>Probes addresses. There is no connection to keep: each scan opens one and closes it, or sends an echo.</summary>
internal sealed class ProbeEndpoint(ProbeEndpointPlan plan, EndpointServices services) : IPolledEndpoint, IShowsFrames
{
    private readonly ProbeTag[][] _tagsOfGroup = [.. services.Groups.Select(g => g.TagIds.Select(id => plan.Tags[id]).ToArray())];
    private readonly FrameMemory _frames = new(plan.Targets.Count, services.Time);
    private readonly string[] _questions = [.. plan.Targets.Select(QuestionOf)];
    private readonly string[] _problems = new string[plan.Targets.Count];

    public bool IsConnected { get; private set; }

    public ValueTask ConnectAsync(CancellationToken cancellation)
    {
        IsConnected = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisconnectAsync()
    {
        IsConnected = false;
        return ValueTask.CompletedTask;
    }

    public async ValueTask<ScanOutcome> ScanAsync(ScanRequest request, ReadingBatch into, CancellationToken cancellation)
    {
        int device = services.Groups[request.Group].Device;
        ProbeDeviceSettings target = plan.Targets[device];
        int timeoutMs = request.ProbeDeadlineMs > 0 ? Math.Min(request.ProbeDeadlineMs, plan.Settings.TimeoutMs) : plan.Settings.TimeoutMs;
        _frames.Sent(device, [], _questions[device]);
        long start = services.Time.GetTimestamp();
        string? problem = target.Method == ProbeMethod.Tcp
            ? await ConnectToAsync(target, timeoutMs, cancellation).ConfigureAwait(false)
            : await EchoAsync(target, timeoutMs, cancellation).ConfigureAwait(false);
        double milliseconds = services.Time.GetElapsedTime(start).TotalMilliseconds;
        _frames.Received(device, [], problem ?? string.Create(CultureInfo.InvariantCulture, $"answered after {milliseconds:0.#} ms"));
        long ticks = UnixTicks.Now(services.Time);
        foreach (ProbeTag tag in _tagsOfGroup[request.Group])
        {
            into.Add((tag.Quantity, problem) switch
            {
                // Known to be away, and still no good reading: it must not count as an hour in which the device was reached.
                (ProbeQuantity.Online, not null) => Reading.Boolean(tag.Id, Quality.Uncertain, ticks, false),
                (ProbeQuantity.Online, null) => Reading.Boolean(tag.Id, Quality.Good, ticks, true),
                (_, null) => Reading.Float64(tag.Id, Quality.Good, ticks, milliseconds),
                _ => Reading.Failed(tag.Id, Quality.BadNoCommunication, ticks),
            });
        }

        return problem is null ? new ScanOutcome(ScanAnswer.Answered) : new ScanOutcome(ScanAnswer.Silent, Keep(device, problem));
    }

    public IReadOnlyList<WireFrame> FramesOf(int device) => _frames.Of(device);

    public bool IsSimulated(int device) => false;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string QuestionOf(ProbeDeviceSettings target) => target.Method == ProbeMethod.Tcp
        ? string.Create(CultureInfo.InvariantCulture, $"connect to {target.Host}:{target.Port}, send nothing, close") : $"ICMP echo to {target.Host}";

    private async ValueTask<string?> ConnectToAsync(ProbeDeviceSettings target, int timeoutMs, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(timeoutMs), services.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(target.Host!, target.Port!.Value, both.Token).ConfigureAwait(false);
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused
                ? $"{target.Host}:{target.Port} refuses the connection: the host is there, nothing listens on this port"
                : $"{target.Host}:{target.Port}: {e.Message}";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{target.Host}:{target.Port} does not answer";
        }
    }

    private static async ValueTask<string?> EchoAsync(ProbeDeviceSettings target, int timeoutMs, CancellationToken cancellation)
    {
        using var ping = new Ping();
        try
        {
            PingReply reply = await ping.SendPingAsync(target.Host!, TimeSpan.FromMilliseconds(timeoutMs), cancellationToken: cancellation).ConfigureAwait(false);
            return reply.Status == IPStatus.Success ? null : $"{target.Host}: no echo ({reply.Status})";
        }
        catch (Exception e) when (e is PingException or SocketException or PlatformNotSupportedException)
        {
            return $"{target.Host}: no echo ({(e.InnerException ?? e).Message})";
        }
    }

    /// <summary>The same text as last time when it says the same, so that a lasting problem is one problem.</summary>
    private string Keep(int device, string problem) => _problems[device] = _problems[device] == problem ? _problems[device] : problem;
}
