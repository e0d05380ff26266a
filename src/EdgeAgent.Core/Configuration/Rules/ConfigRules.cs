namespace EdgeAgent.Core.Configuration;

/// <summary>What must hold in a configuration beyond the form of its members; no device and no network is touched.</summary>
internal static class ConfigRules
{
    public static void Check(AppConfig config, ConfigErrors errors)
    {
        ConfigPath root = ConfigPath.Root;
        NameRules.CheckTopicName(config.Site, root.Member("site"), errors);
        if (config.Agent is { } agent)
        {
            AgentRules.Check(agent, root.Member("agent"), errors);
        }

        if (config.Broker is { } broker)
        {
            BrokerRules.Check(broker, root.Member("broker"), errors);
        }

        if (config.Hub is { } hub)
        {
            HubRules.Check(hub, root.Member("hub"), errors);
        }

        if (config.Web is { } web)
        {
            WebRules.Check(web, root.Member("web"), errors);
        }

        if (config.Telemetry.Otlp is { } otlp)
        {
            TelemetryRules.Check(otlp, root.Member("telemetry").Member("otlp"), errors);
        }

        CheckLogging(config, root.Member("logging").Member("devices"), errors);
    }

    private static void CheckLogging(AppConfig config, ConfigPath path, ConfigErrors errors)
    {
        if (config.Agent is null)
        {
            return;
        }

        var devices = config.Agent.Endpoints.SelectMany(static e => e.Devices).Select(static d => d.Name).ToHashSet(StringComparer.Ordinal);
        foreach (string name in config.Logging.Devices.Keys.Where(name => !devices.Contains(name)))
        {
            errors.Add(path.Member(name), $"there is no device '{name}'", "the name of a device", Similar.Advice(name, devices, "remove it"));
        }
    }
}
