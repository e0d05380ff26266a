using EdgeAgent.Collector.Publishing.Json;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Publishing;

/// <summary>Checks what only publishers understand of their settings, without any connection.</summary>
public static class PublisherChecks
{
    public static void Check(AgentConfig agent, ConfigErrors errors)
    {
        for (int i = 0; i < agent.Publishers.Count; i++)
        {
            if (agent.Publishers[i] is { Format: PublishFormat.Json, Json: { } json })
            {
                ConfigPath path = ConfigPath.Root.Member("agent").Member("publishers").Index(i).Member("json");
                _ = JsonStatus.Compile(json.Status, new PublisherIdentity("", "", "", default), path.Member("status"), errors);
                IReadOnlyList<JsonRoute> routes = JsonRoute.Compile(json, path, errors);
                if (routes.Count == json.Routes.Count)
                {
                    WarnOfIdleRoutes(agent, routes, path, errors);
                }
            }
        }
    }

    /// <summary>A filter that lets nothing through is more often a misspelt name than a wish.</summary>
    private static void WarnOfIdleRoutes(AgentConfig agent, IReadOnlyList<JsonRoute> routes, ConfigPath path, ConfigErrors errors)
    {
        for (int i = 0; i < routes.Count; i++)
        {
            JsonRouteConfig route = routes[i].Config;
            if (!agent.Endpoints.SelectMany(static endpoint => endpoint.Devices).Any(device =>
                NamePatterns.Match(route.Devices, device.Name) && device.Tags.Any(tag => NamePatterns.Match(route.Tags, tag.Name))))
            {
                errors.Warn(path.Member("routes").Index(i), "no tag of any device takes this route", "names of devices and tags that are configured", "look at devices and tags of the route");
            }
        }
    }
}
