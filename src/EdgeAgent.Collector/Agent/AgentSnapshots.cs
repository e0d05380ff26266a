using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Agent;

/// <summary>Gathers the figures of a running agent.</summary>
internal static class AgentSnapshots
{
    public static AgentSnapshot Take(AppConfig config, CollectorPart collector, PublisherPart publishers, BatchBuffer buffer) => new(
        config.Site,
        config.Agent!.Id,
        [.. collector.Endpoints.SelectMany(endpoint => endpoint.Compiled.Devices.Select((_, index) => DeviceOf(collector.Pipeline, endpoint, index)))],
        collector.Pipeline.Totals.Aggregate(default(ReadingCounts), (sum, totals) => sum.Plus(CountsOf(totals))),
        collector.DroppedPipelineFull,
        collector.Pipeline.Writer.DroppedBufferFull,
        buffer.ReadStatistics(),
        publishers.Statistics,
        [.. collector.Endpoints.Where(endpoint => endpoint.Endpoint is ISeesUnknownDevices)
            .SelectMany(endpoint => ((ISeesUnknownDevices)endpoint.Endpoint).SeenDevices.Select(seen => (endpoint.Compiled.Name, seen)))])
    {
        Endpoints = [.. collector.Endpoints.Select(endpoint => new EndpointSnapshot(
            endpoint.Compiled.Name, endpoint.Compiled.Config.Driver, endpoint.Loop.Connection.IsUp, endpoint.Loop.Connection.LastProblem))],
        Lines = [.. collector.Endpoints.Select(endpoint => endpoint.Line).OfType<LineSnapshot>()],
    };

    private static DeviceSnapshot DeviceOf(PipelineLoop pipeline, RunningEndpoint endpoint, int index)
    {
        var definition = endpoint.Compiled.Devices[index];
        DeviceState state = endpoint.Loop.Devices[index];
        DeviceTotals? totals = pipeline.TotalsOf(definition.Name);
        bool online = endpoint.Loop.Connection.IsUp && state is { HasAnswered: true, SilentScans: 0 };
        return new DeviceSnapshot(
            definition.Name,
            endpoint.Compiled.Name,
            definition.Asset,
            definition.Address,
            endpoint.ProvenanceOf(index),
            online,
            state.IsQuarantined,
            totals is null ? default : CountsOf(totals),
            totals?.LastGoodTicks ?? 0,
            endpoint.Compiled.Groups.Where(group => group.Device == index).Select(group => group.IntervalMs).DefaultIfEmpty(0).Min(),
            state.Meter.AchievedPeriodMs,
            state.Meter.JitterMs,
            state.Meter.LatenessMaxMs,
            state.Meter.DurationMs,
            state.Meter.Overruns,
            endpoint.Loop.Connection.LastProblem ?? state.LastProblem,
            state.Lost)
        {
            Problems = [.. state.Problems.Read().Concat(endpoint.Loop.Connection.Problems.Read()).OrderByDescending(problem => problem.FromTicks)],
            ReadFrames = endpoint.Endpoint is IShowsFrames frames ? () => frames.FramesOf(index) : null,
        };
    }

    private static ReadingCounts CountsOf(DeviceTotals totals) => new(
        totals.Due, totals.Good, totals.Bad, totals.Missed, totals.MissedWhileDown, totals.Filtered, totals.Dropped, totals.Buffered, totals.Changed,
        totals.Beyond, totals.Filled);
}
