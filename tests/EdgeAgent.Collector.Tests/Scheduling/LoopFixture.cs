using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Scheduling;

/// <summary>An endpoint loop under a clock of its own. Everything happens inside <see cref="Run"/>, on the test's thread.</summary>
internal sealed class LoopFixture : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task<long>? _running;

    /// <param name="devices">For each device, the periods of its groups in milliseconds.</param>
    public LoopFixture(params int[][] devices)
    {
        var groups = new List<ScanGroup>();
        for (int device = 0; device < devices.Length; device++)
        {
            foreach (int interval in devices[device])
            {
                groups.Add(new ScanGroup(groups.Count, device, interval, [groups.Count * 10, (groups.Count * 10) + 1]));
            }
        }

        Groups = groups;
        Endpoint = new ScriptedEndpoint(Time, groups);
        DeviceNames = [.. Enumerable.Range(0, devices.Length).Select(device => $"device-{device}")];
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2025, 11, 13, 8, 30, 0, TimeSpan.Zero));

    public IReadOnlyList<ScanGroup> Groups { get; }

    public ScriptedEndpoint Endpoint { get; }

    public RecordingSink Sink { get; } = new();

    public string[] DeviceNames { get; }

    public long? AccountedUntilTicks { get; set; }

    public EndpointLoop Loop { get; private set; } = null!;

    /// <summary>Starts the loop; every group is due on whole periods of the clock unless phases are given.</summary>
    public LoopFixture Start(params int[] phasesMs)
    {
        ScanGrid[] grids = [.. Groups.Select(group => new ScanGrid(
            group.IntervalMs * UnixTicks.PerMillisecond,
            group.Index < phasesMs.Length ? phasesMs[group.Index] * UnixTicks.PerMillisecond : 0))];
        using var onThisThread = new ThisThreadOnly();
        var pool = new ReadingBatchPool();
        var options = new EndpointLoopOptions("endpoint", DeviceNames, Groups, grids, Provenance.Live, AccountedUntilTicks);
        var booking = new ScanBooking(new EndpointSlot("endpoint"), Sink, pool, Time);
        Loop = new EndpointLoop(options, Endpoint, booking, pool, SchedulingLimits.Default, new Random(1), Time, NullLoggerFactory.Instance);
        _running = Loop.RunAsync(_stop.Token);
        return this;
    }

    public void Run(TimeSpan time)
    {
        using var onThisThread = new ThisThreadOnly();
        Time.Advance(time);
    }

    public void RunMs(int ms) => Run(TimeSpan.FromMilliseconds(ms));

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
