using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>Puts a snapshot into the words in which hubs are told how the agent fares.</summary>
public static class AgentHealths
{
    /// <summary>Frames told of one device.</summary>
    private const int FramesOfDevice = 4;

    /// <summary>Bytes told of a frame, and characters of its text: what hubs are told is small beside the readings.</summary>
    private const int FrameBytesTold = 64, FrameTextTold = 160;

    public static AgentHealth Of(AgentSnapshot snapshot, TimeProvider time) => new(
        UnixTicks.Now(time),
        new HealthBuffer(
            snapshot.Buffer.BufferedReadings, snapshot.Buffer.AcknowledgedReadings, snapshot.Buffer.PendingReadings, snapshot.Buffer.DiscardedReadings,
            snapshot.Buffer.PendingBatches, snapshot.Buffer.OldestTicks, snapshot.Buffer.FileBytes,
            snapshot.Buffer.IsFull ? "cannot be written: disk full or failing" : null),
        [.. snapshot.Endpoints.Select(endpoint => EndpointOf(endpoint, snapshot))],
        [.. snapshot.Devices.Select(DeviceOf)],
        [.. snapshot.Devices.SelectMany(ProblemsOf).OrderByDescending(problem => problem.FromTicks).Take(AgentHealth.ProblemsMax)],
        [.. snapshot.Devices.Where(device => device.Problem is not null).SelectMany(device => FramesOf(device).Take(FramesOfDevice)).Take(AgentHealth.FramesMax)]);

    public static IEnumerable<HealthProblem> ProblemsOf(DeviceSnapshot device) =>
        device.Problems.Select(problem => new HealthProblem(device.Name, problem.FromTicks, problem.UntilTicks, problem.Text, problem.Count));

    private static IEnumerable<HealthFrame> FramesOf(DeviceSnapshot device) => device.ReadFrames?.Invoke().Select(frame => new HealthFrame(
        device.Name, frame.AtTicks, frame.Sent, Convert.ToHexString(frame.Start.Span[..Math.Min(frame.Start.Length, FrameBytesTold)]), frame.Bytes)
    {
        Text = Shortened(frame.Text),
        Meaning = Shortened(frame.Meaning),
    }) ?? [];

    private static string? Shortened(string? text) => text?.Length > FrameTextTold ? text[..FrameTextTold] + "…" : text;

    private static HealthEndpoint EndpointOf(EndpointSnapshot endpoint, AgentSnapshot snapshot)
    {
        LineSnapshot? line = snapshot.Lines.FirstOrDefault(line => line.Endpoint == endpoint.Name);
        return new HealthEndpoint(endpoint.Name, endpoint.Driver, endpoint.Connected, line?.Line, line?.Utilisation, endpoint.Problem);
    }

    private static HealthDevice DeviceOf(DeviceSnapshot device) => new(
        device.Name, device.Endpoint, device.Online, device.Quarantined, device.Provenance.ToString().ToLowerInvariant(), device.PeriodMs,
        Shown(device.AchievedPeriodMs), Shown(device.JitterMs), device.Overruns, device.LastGoodTicks == 0 ? null : device.LastGoodTicks, device.Problem);

    private static double? Shown(double milliseconds) => double.IsFinite(milliseconds) ? Math.Round(milliseconds, 1) : null;
}
