using System.Diagnostics;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Publishing;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Web;

namespace EdgeAgent.Hosting;

/// <summary>Puts together what the web pages show from what the roles say.</summary>
internal sealed class EdgeStatus(string site, AgentRole? agent, HubRole? hub, RoleService roles, TimeProvider time) : IStatusSource
{
    private static readonly TimeSpan LookAtStoredEvery = TimeSpan.FromSeconds(30);

    private readonly DateTimeOffset _startedAt = ProcessStart();
    private long? _simulatedAt;
    private bool _simulated;

    public ITimeSeriesStore? Store => hub?.Store;

    public IReadOnlyList<DeviceView> Devices =>
        agent is null || !roles.HasStarted ? [] : [.. agent.Snapshot().Devices.Select(ViewOf)];

    public IReadOnlyList<string> ReasonsNotReady => [.. roles.Roles.SelectMany(role => role.ReasonsNotReady)];

    /// <remarks>At a hub the stored values are looked at, as seldom as nobody minds. Until they were looked at once nothing is known, and whoever asks looks himself:
    /// an answer that waits for another one's look would say that nothing is simulated.</remarks>
    public async ValueTask<bool> IsSimulatedAsync(CancellationToken cancellation)
    {
        if (!roles.HasStarted)
        {
            return false;
        }

        if (agent?.Snapshot().Devices.Any(device => device.Provenance == Provenance.Simulated) ?? false)
        {
            return true;
        }

        long now = time.GetTimestamp();
        if (hub is not null && (_simulatedAt is not { } at || time.GetElapsedTime(at, now) > LookAtStoredEvery))
        {
            bool lookedBefore = _simulatedAt is not null;
            _simulatedAt = lookedBefore ? now : null;
            try
            {
                _simulated = (await hub.Store.ReadLastAsync(null, cancellation)).Any(point => point.Provenance == Provenance.Simulated);
                _simulatedAt = now;
            }
            catch (Exception away) when (away is StoreUnavailableException or InvalidOperationException)
            {
                // What was true before the store went away still is. While it is being opened nothing is known yet: whoever asks next may get the answer.
            }
        }

        return _simulated;
    }

    /// <remarks>Waits for the roles to start: figures from before the buffer is open would read as if it were empty.</remarks>
    public async ValueTask<StatusView> ReadStatusAsync(CancellationToken cancellation)
    {
        await roles.Started.WaitAsync(cancellation);
        AgentSnapshot? snapshot = agent?.Snapshot();
        return new StatusView(
            ProgramVersion.Text,
            site,
            _startedAt,
            Math.Round((time.GetUtcNow() - _startedAt).TotalSeconds, 3),
            Environment.WorkingSet,
            snapshot?.Devices.Any(device => device.Provenance == Provenance.Simulated) ?? false,
            snapshot is null ? null : ViewOf(snapshot),
            hub is null ? null : await hub.ReadViewAsync(cancellation));
    }

    /// <summary>When the process started, by the wall clock.</summary>
    public static DateTimeOffset ProcessStart()
    {
        using Process self = Process.GetCurrentProcess();
        return new DateTimeOffset(self.StartTime).ToUniversalTime();
    }

    private AgentView ViewOf(AgentSnapshot snapshot) => new(
        snapshot.Agent,
        snapshot.Devices.Count,
        snapshot.Online,
        ViewOf(snapshot.Counts),
        new BufferView(
            snapshot.Buffer.PendingReadings,
            snapshot.Buffer.PendingBatches,
            snapshot.Buffer.AcknowledgedReadings,
            snapshot.Buffer.DiscardedReadings,
            snapshot.Buffer.UndeclaredRanges,
            snapshot.Buffer.FileBytes,
            snapshot.Buffer.OldestTicks is { } oldest ? Math.Max(0, UnixTicks.Now(time) - oldest) / (double)UnixTicks.PerSecond : 0,
            snapshot.Buffer.IsFull ? "cannot be written: disk full or failing" : null),
        [.. snapshot.Publishers.Select(ViewOf)],
        [.. snapshot.Seen.Select(seen => new SeenDeviceView(
            seen.Endpoint, seen.Device.Name, UnixTicks.ToDateTimeOffset(seen.Device.FirstTicks), UnixTicks.ToDateTimeOffset(seen.Device.LastTicks),
            seen.Device.Messages, seen.Device.Example))])
    {
        Lines = [.. snapshot.Lines.Select(line => new LineView(line.Endpoint, line.Line, line.BusySeconds, line.Utilisation))],
    };

    private static PublisherView ViewOf(PublisherStatistics publisher) => new(publisher.Name, publisher.Connected, publisher.InFlight, publisher.LastProblem)
    {
        Broker = publisher.Broker,
        Waiting = publisher.Waiting,
        LagBatches = publisher.Lag,
        Published = publisher.Published,
        DiscardedReadings = publisher.DiscardedReadings,
        PassedOverReadings = publisher.PassedOver,
    };

    private static DeviceView ViewOf(DeviceSnapshot device) => new(
        device.Name,
        device.Endpoint,
        device.Asset,
        device.Online,
        device.Quarantined,
        device.Provenance.ToString().ToLowerInvariant(),
        ViewOf(device.Counts),
        device.LastGoodTicks == 0 ? null : UnixTicks.ToDateTimeOffset(device.LastGoodTicks),
        device.PeriodMs,
        double.IsNaN(device.AchievedPeriodMs) ? null : device.AchievedPeriodMs,
        double.IsNaN(device.JitterMs) ? null : device.JitterMs,
        device.Overruns,
        device.Problem,
        device.Lost);

    private static CountsView ViewOf(in ReadingCounts counts) =>
        new(counts.Due, counts.Good, counts.Bad, counts.Missed, counts.Filtered, counts.Dropped, counts.Buffered, counts.Beyond, counts.Filled);
}
