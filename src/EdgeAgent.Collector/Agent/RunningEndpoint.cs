using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>One endpoint of the configuration in force, with its loop.</summary>
internal sealed class RunningEndpoint
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<long> _running;

    private readonly LineMeter _line;

    private RunningEndpoint(CompiledEndpoint compiled, EndpointSlot slot, IEndpoint endpoint, IEndpointLoop loop, TimeProvider time)
    {
        _line = new LineMeter(time);
        Compiled = compiled;
        Slot = slot;
        Endpoint = endpoint;
        Loop = loop;

        // The loop runs until its first wait on the thread that starts it; many endpoints start side by side on the pool.
        _running = Task.Run(() => loop.RunAsync(_stop.Token));
    }

    public CompiledEndpoint Compiled { get; }

    public EndpointSlot Slot { get; }

    public IEndpoint Endpoint { get; }

    public IEndpointLoop Loop { get; }

    /// <summary>Ends when the loop does; fails only through a fault of our own.</summary>
    public Task Running => _running;

    /// <param name="accountedUntilTicks">From when on what was due must be booked as missed; null when nothing was due before.</param>
    /// <param name="previous">What ran under this name before a reload, stopped.</param>
    /// <param name="ordinal">Number of the endpoint; spreads the first connects.</param>
    public static RunningEndpoint Start(
        CompiledEndpoint compiled, EndpointSlot slot, IScanSink sink, ReadingBatchPool pool, long? accountedUntilTicks,
        IEndpoint? previous, int ordinal, AgentServices services)
    {
        var surroundings = new EndpointServices(compiled.Groups, services.Time, services.Loggers) { StateDirectory = services.StateDirectory };
        var options = new EndpointLoopOptions(
            compiled.Name, [.. compiled.Devices.Select(device => device.Name)], compiled.Groups, compiled.Grids,
            compiled.Config.Provenance, accountedUntilTicks, FirstConnectDelayMs: Math.Min(ordinal, FirstConnectSpreadMs));
        var booking = new ScanBooking(slot, sink, pool, services.Time);
        switch (compiled.Plan)
        {
            case IPolledEndpointPlan plan:
                IPolledEndpoint polled = plan.Open(surroundings, previous as IPolledEndpoint);
                return new RunningEndpoint(compiled, slot, polled, new EndpointLoop(
                    options, polled, booking, pool, SchedulingLimits.Default, Random.Shared, services.Time, services.Loggers), services.Time);
            case IPushedEndpointPlan plan:
                IPushedEndpoint pushed = plan.Open(surroundings, previous as IPushedEndpoint);
                return new RunningEndpoint(compiled, slot, pushed, new PushLoop(
                    options, pushed, booking, pool, SchedulingLimits.Default, Random.Shared, services.Time, services.Loggers), services.Time);
            default:
                throw new InvalidOperationException($"The plan of {compiled.Name} is neither for devices that are asked nor for devices that send.");
        }
    }

    /// <summary>Stops the loop. The endpoint is left open, so that another can take its connection over.</summary>
    /// <returns>The instant up to which everything due is booked.</returns>
    public async Task<long> StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        long until = await _running.ConfigureAwait(false);
        Loop.Dispose();
        _stop.Dispose();
        return until;
    }

    public Provenance ProvenanceOf(int device) => Endpoint.IsSimulated(device) ? Provenance.Simulated : Compiled.Config.Provenance;

    /// <summary>How busy its serial line is; null when it stands on none.</summary>
    public LineSnapshot? Line => Compiled.Plan is ILinePlan { Port: { } port } && Endpoint is IPolledEndpoint { LineBusy: { } busy }
        ? new LineSnapshot(Compiled.Name, port.ToString(), busy.TotalSeconds, _line.Utilisation(busy))
        : null;

    /// <summary>One connect a millisecond, but the last no later than this.</summary>
    private const int FirstConnectSpreadMs = 1000;
}
