using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Agent;

/// <summary>Finds out which endpoints a changed configuration touches.</summary>
internal static class ReloadScope
{
    /// <summary>Names of endpoints that were added, removed or changed, or that a changed device is or was behind.</summary>
    public static HashSet<string> EndpointsTouchedBy(ConfigDiff diff, AgentConfig before, AgentConfig after)
    {
        var touched = new HashSet<string>(diff.Endpoints.Added, StringComparer.Ordinal);
        touched.UnionWith(diff.Endpoints.Removed);
        touched.UnionWith(diff.Endpoints.Changed);
        var devices = new HashSet<string>(diff.Devices.Added, StringComparer.Ordinal);
        devices.UnionWith(diff.Devices.Removed);
        devices.UnionWith(diff.Devices.Changed);
        foreach (EndpointConfig endpoint in before.Endpoints.Concat(after.Endpoints))
        {
            if (endpoint.Devices.Any(device => devices.Contains(device.Name)))
            {
                touched.Add(endpoint.Name);
            }
        }

        // The order of devices gives them their numbers.
        foreach (EndpointConfig endpoint in after.Endpoints)
        {
            EndpointConfig? old = before.Endpoints.FirstOrDefault(other => other.Name == endpoint.Name);
            if (old is not null && !old.Devices.Select(device => device.Name).SequenceEqual(endpoint.Devices.Select(device => device.Name)))
            {
                touched.Add(endpoint.Name);
            }
        }

        return touched;
    }
}
