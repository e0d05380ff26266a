using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Scheduling;

/// <summary>A push loop under a clock of its own, with two tags a group. Everything happens inside calls of the test, on its thread.</summary>
internal sealed class PushFixture : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task<long>? _running;

    /// <param name="devices">For each device, the periods of its groups in milliseconds.</param>
    public PushFixture(params int[][] devices)
    {
        var groups = new List<ScanGroup>();
        for (int device = 0; device < devices.Length; device++)
        {
            foreach (int interval in devices[device])
            {
                groups.Add(new ScanGroup(groups.Count, device, interval, [groups.Count * 2, (groups.Count * 2) + 1]));
            }
        }

        Groups = groups;
        Endpoint = new ScriptedPushEndpoint(Time);
        Sink.DeviceOf = tag => groups[tag / 2].Device;
        DeviceNames = [.. Enumerable.Range(0, devices.Length).Select(device => $"device-{device}")];
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2025, 11, 13, 8, 30, 0, TimeSpan.Zero).AddMilliseconds(1));

    public IReadOnlyList<ScanGroup> Groups { get; }

    public ScriptedPushEndpoint Endpoint { get; }

    public RecordingSink Sink { get; } = new();

    public string[] DeviceNames { get; }

    public long? AccountedUntilTicks { get; set; }

    public PushLoop Loop { get; private set; } = null!;

    public long NowTicks => UnixTicks.Now(Time);

    public PushFixture Start()
    {
        ScanGrid[] grids = [.. Groups.Select(group => new ScanGrid(group.IntervalMs * UnixTicks.PerMillisecond, 0))];
        using var onThisThread = new ThisThreadOnly();
        var pool = new ReadingBatchPool();
        var options = new EndpointLoopOptions("endpoint", DeviceNames, Groups, grids, Provenance.Live, AccountedUntilTicks);
        var booking = new ScanBooking(new EndpointSlot("endpoint"), Sink, pool, Time);
        Loop = new PushLoop(options, Endpoint, booking, pool, SchedulingLimits.Default, new Random(1), Time, NullLoggerFactory.Instance);
        _running = Loop.RunAsync(_stop.Token);
        return this;
    }

    public void RunMs(int ms)
    {
        using var onThisThread = new ThisThreadOnly();
        Time.Advance(TimeSpan.FromMilliseconds(ms));
    }

    public Task<long> StopAsync()
    {
        _stop.Cancel();
        return _running!.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        Loop?.Dispose();
    }
}
