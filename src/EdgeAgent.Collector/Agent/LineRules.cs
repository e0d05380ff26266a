using System.Globalization;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Agent;

/// <summary>What serial lines ask of a configuration as a whole: one owner, and no more work than their baud rate allows.</summary>
internal static class LineRules
{
    /// <summary>Beyond this share, one silent device or a few repeats make the others late.</summary>
    private const double ComfortableMost = 0.8;

    public static void Check(AgentConfig agent, IReadOnlyList<CompiledEndpoint> endpoints, ConfigErrors errors)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (CompiledEndpoint endpoint in endpoints)
        {
            if (endpoint.Plan is not ILinePlan { Port: { } port })
            {
                continue;
            }

            ConfigPath path = ConfigPath.Root.Member("agent").Member("endpoints").Index(IndexOf(agent, endpoint));
            if (!owners.TryAdd(port.Port, endpoint.Name))
            {
                errors.Add(path.Member("settings").Member("serial").Member("port"), $"{port.Port} belongs to the endpoint '{owners[port.Port]}' already",
                    "one owner for each line", "all devices of the line under one endpoint");
                continue;
            }

            if (LoadOf(endpoint) is { Utilisation: > ComfortableMost } load)
            {
                Warn(path, load, errors);
            }
        }
    }

    /// <summary>Null when the endpoint stands on no serial port.</summary>
    public static LineLoad? LoadOf(CompiledEndpoint endpoint) => endpoint.Plan is ILinePlan { Port: { } port } plan
        ? new LineLoad(endpoint.Name, port.ToString(), endpoint.Groups.Sum(group => plan.TimeOf(group).TotalMilliseconds / group.IntervalMs))
        : null;

    private static void Warn(ConfigPath path, LineLoad load, ConfigErrors errors)
    {
        string percent = load.Utilisation.ToString("P0", CultureInfo.InvariantCulture);
        errors.Warn(
            path.Member("settings").Member("serial"),
            load.Utilisation > 1
                ? $"the scan classes ask for {percent} of the time of {load.Line}, so readings will be missed"
                : $"the scan classes take {percent} of the time of {load.Line}, which leaves little for a silent device or a repeat",
            "at most " + ComfortableMost.ToString("P0", CultureInfo.InvariantCulture),
            "a higher baud rate, a slower scan class, or a second line");
    }

    private static int IndexOf(AgentConfig agent, CompiledEndpoint endpoint)
    {
        for (int i = 0; i < agent.Endpoints.Count; i++)
        {
            if (ReferenceEquals(agent.Endpoints[i], endpoint.Config))
            {
                return i;
            }
        }

        throw new InvalidOperationException($"{endpoint.Name} is not of this configuration.");
    }
}
