namespace EdgeAgent.Core.Configuration;

/// <summary>Rules for what a publisher's format asks for.</summary>
internal static class PublisherRules
{
    public static void Check(AgentConfig agent, PublisherConfig publisher, ConfigPath path, ConfigErrors errors)
    {
        CheckSection(publisher.Sparkplug is not null, PublishFormat.Sparkplug, publisher, path.Member("sparkplug"), errors);
        CheckSection(publisher.Json is not null, PublishFormat.Json, publisher, path.Member("json"), errors);
        if (publisher.Format == PublishFormat.Sparkplug)
        {
            CheckSparkplug(agent, publisher.Sparkplug ?? new SparkplugConfig(), path.Member("sparkplug"), errors);
        }

        if (publisher is { Format: PublishFormat.Json, Json: null or { Routes.Count: 0 } })
        {
            errors.Add(path.Member("json"), "a publisher of format json that publishes nothing", "json with routes", "\"json\": { \"routes\": [ { \"topic\": \"plant/{device}/{tag}\" } ] }");
        }
    }

    private static void CheckSection(bool given, PublishFormat format, PublisherConfig publisher, ConfigPath path, ConfigErrors errors)
    {
        string name = format.ToString().ToLowerInvariant();
        if (given && publisher.Format != format)
        {
            errors.Add(path, $"settings of format {name}, but the format is {publisher.Format.ToString().ToLowerInvariant()}", $"\"format\": \"{name}\"", $"set the format, or remove {name}");
        }
    }

    private static void CheckSparkplug(AgentConfig agent, SparkplugConfig config, ConfigPath path, ConfigErrors errors)
    {
        CheckId(config.Group, path.Member("group"), errors);
        CheckId(config.Node, path.Member("node"), errors);
        CheckId(config.PrimaryHost, path.Member("primaryHost"), errors);
        var devices = agent.Endpoints.SelectMany(static e => e.Devices).Select(static d => d.Name).ToHashSet(StringComparer.Ordinal);
        foreach ((string device, string id) in config.DeviceIds)
        {
            CheckId(id, path.Member("deviceIds").Member(device), errors);
            if (!devices.Contains(device))
            {
                errors.Add(path.Member("deviceIds").Member(device), $"there is no device '{device}'", "the name of a device", Similar.Advice(device, devices, "remove it"));
            }
        }

        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string device in devices)
        {
            string id = config.DeviceIds.GetValueOrDefault(device, device);
            if (!config.DeviceIds.ContainsKey(device) && !IsId(id))
            {
                errors.Add(path.Member("deviceIds"), $"the device name '{device}' cannot be a Sparkplug id", "an id without + # or /", $"\"{device}\": \"…\"");
            }
            else if (!seen.TryAdd(id, device))
            {
                errors.Add(path.Member("deviceIds"), $"devices '{seen[id]}' and '{device}' have one id '{id}'", "an id of its own for each device", "rename one");
            }
        }
    }

    private static void CheckId(string? id, ConfigPath path, ConfigErrors errors)
    {
        if (id is not null && !IsId(id))
        {
            errors.Add(path, $"'{id}' cannot be a Sparkplug id", "not empty, without + # / and control characters", "use letters, digits and hyphens");
        }
    }

    private static bool IsId(string id) => id.Length is > 0 and <= NameRules.CharsMax && id.AsSpan().IndexOfAny("+#/") < 0 && !id.Any(char.IsControl);
}
