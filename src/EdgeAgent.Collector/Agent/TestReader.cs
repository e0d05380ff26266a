using System.Globalization;
using System.Text;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>Reads tags once, over connections of its own, for commissioning: nothing is buffered or counted.</summary>
public static class TestReader
{
    /// <param name="device">Only this device; null reads all.</param>
    /// <param name="tag">Only this tag; null reads all.</param>
    /// <exception cref="AgentStartException">The configuration is wrong, or names no such device or tag.</exception>
    public static async Task<IReadOnlyList<TestReadResult>> ReadAsync(
        AgentConfig agent, AgentServices services, string? device, string? tag, CancellationToken cancellation)
    {
        var errors = new ConfigErrors();
        CompiledPlant plant = PlantCompiler.Compile(agent, services.Drivers, errors)
            ?? throw new AgentStartException("The configuration of the agent is wrong.", errors);
        (CompiledEndpoint Endpoint, List<ScanGroup> Groups)[] chosen =
        [
            .. plant.Endpoints.Select(endpoint => (endpoint, Choose(endpoint, device, tag))).Where(choice => choice.Item2.Count > 0),
        ];
        if (chosen.Length == 0)
        {
            throw new AgentStartException(device is null && tag is null ? "The configuration has no tags." : $"There is no tag {device ?? "*"}/{tag ?? "*"}.");
        }

        IReadOnlyList<TestReadResult>[] read = await Task.WhenAll(
            chosen.Select(choice => ReadAsync(choice.Endpoint, choice.Groups, services, cancellation))).ConfigureAwait(false);
        return [.. read.SelectMany(results => results)];
    }

    private static List<ScanGroup> Choose(CompiledEndpoint endpoint, string? device, string? tag)
    {
        var groups = new List<ScanGroup>();
        for (int index = 0; index < endpoint.Devices.Count; index++)
        {
            int[] ids =
            [
                .. Enumerable.Range(0, endpoint.Tags.Count).Where(id => endpoint.DeviceOf(endpoint.Tags[id]) == index
                    && (device is null || endpoint.Devices[index].Name == device) && (tag is null || endpoint.Tags[id].Name == tag)),
            ];
            if (ids.Length > 0)
            {
                groups.Add(new ScanGroup(groups.Count, index, ScanClassConfig.DefaultIntervalMs, ids));
            }
        }

        return groups;
    }

    private static async Task<IReadOnlyList<TestReadResult>> ReadAsync(
        CompiledEndpoint endpoint, List<ScanGroup> groups, AgentServices services, CancellationToken cancellation)
    {
        var surroundings = new EndpointServices(groups, services.Time, services.Loggers);
        if (endpoint.Plan is IPushedEndpointPlan pushed)
        {
            return await PushedTestReader.ReadAsync(endpoint, pushed.Open(surroundings, previous: null), groups, services.Time, cancellation)
                .ConfigureAwait(false);
        }

        var results = new List<TestReadResult>();
        IPolledEndpoint line = ((IPolledEndpointPlan)endpoint.Plan).Open(surroundings, previous: null);
        await using (line.ConfigureAwait(false))
        {
            string? problem = null;
            try
            {
                await line.ConnectAsync(cancellation).ConfigureAwait(false);
            }
            catch (EndpointConnectException exception)
            {
                problem = exception.Message;
            }

            foreach (ScanGroup group in groups)
            {
                var batch = new ReadingBatch();
                string? groupProblem = problem;
                if (problem is null)
                {
                    groupProblem = (await line.ScanAsync(new ScanRequest(group.Index, 0), batch, cancellation).ConfigureAwait(false)).Problem;
                }
                else
                {
                    Fail(group, batch, UnixTicks.Now(services.Time));
                }

                results.AddRange(Print(endpoint, batch, groupProblem, line));
            }
        }

        return results;
    }

    private static void Fail(ScanGroup group, ReadingBatch batch, long ticks)
    {
        foreach (int id in group.TagIds)
        {
            batch.Add(Reading.Failed(id, Quality.BadNotConnected, ticks));
        }
    }

    /// <param name="source">What was read from.</param>
    internal static List<TestReadResult> Print(CompiledEndpoint endpoint, ReadingBatch batch, string? problem, IEndpoint source)
    {
        var results = new List<TestReadResult>();
        foreach (ref Reading reading in batch.MutableReadings)
        {
            TagState state = default;
            TagProcessor.Process(endpoint.Rules[reading.TagId], ref state, ref reading, batch.BytesOf(reading));
        }

        foreach (Reading reading in batch.Readings.ToArray().OrderBy(reading => reading.TagId))
        {
            TagDefinition tag = endpoint.Tags[reading.TagId];
            int device = endpoint.DeviceOf(tag);
            results.Add(new TestReadResult(
                endpoint.Devices[device].Name, tag.Name, tag.Unit, reading.Quality, ValueOf(reading, batch, tag.DecimalPlaces),
                reading.SourceTicks, reading.Quality.IsGood ? null : problem)
            {
                Frames = (source as IShowsFrames)?.FramesOf(device) ?? [],
            });
        }

        return results;
    }

    internal static string? ValueOf(in Reading reading, ReadingBatch batch, int decimals)
    {
        string? format = decimals >= 0 ? "F" + decimals.ToString(CultureInfo.InvariantCulture) : null;
        return reading.Kind switch
        {
            ValueKind.Boolean => reading.AsBoolean ? "true" : "false",
            ValueKind.Int64 => reading.AsInt64.ToString(CultureInfo.InvariantCulture),
            ValueKind.UInt64 => reading.AsUInt64.ToString(CultureInfo.InvariantCulture),
            ValueKind.Float32 => reading.AsFloat32.ToString(format, CultureInfo.InvariantCulture),
            ValueKind.Float64 => reading.AsFloat64.ToString(format, CultureInfo.InvariantCulture),
            ValueKind.Text => Encoding.UTF8.GetString(batch.BytesOf(reading)),
            ValueKind.Bytes => Convert.ToHexString(batch.BytesOf(reading)),
            _ => null,
        };
    }
}
