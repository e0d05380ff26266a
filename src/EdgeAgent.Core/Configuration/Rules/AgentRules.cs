namespace EdgeAgent.Core.Configuration;

/// <summary>Rules for the agent's section.</summary>
internal static class AgentRules
{
    /// <summary>As many tags as one batch can number.</summary>
    public const int TagsMax = 1_048_576;

    public static void Check(AgentConfig agent, ConfigPath path, ConfigErrors errors)
    {
        NameRules.CheckTopicName(agent.Id, path.Member("id"), errors);
        CheckPublishers(agent, path.Member("publishers"), errors);
        CheckRemote(agent, path.Member("remoteConfiguration"), errors);
        var endpoints = new Dictionary<string, ConfigPath>(StringComparer.Ordinal);
        var devices = new Dictionary<string, ConfigPath>(StringComparer.Ordinal);
        long tags = 0;
        for (int e = 0; e < agent.Endpoints.Count; e++)
        {
            EndpointConfig endpoint = agent.Endpoints[e];
            ConfigPath at = path.Member("endpoints").Index(e);
            if (NameRules.CheckName(endpoint.Name, at.Member("name"), errors))
            {
                NameRules.CheckUnique(endpoint.Name, endpoints, at.Member("name"), "endpoint", errors);
            }

            for (int d = 0; d < endpoint.Devices.Count; d++)
            {
                DeviceConfig device = endpoint.Devices[d];
                ConfigPath deviceAt = at.Member("devices").Index(d);
                if (NameRules.CheckName(device.Name, deviceAt.Member("name"), errors))
                {
                    NameRules.CheckUnique(device.Name, devices, deviceAt.Member("name"), "device", errors);
                }

                CheckTags(agent, device, deviceAt, errors);
                tags += device.Tags.Count;
            }
        }

        if (tags > TagsMax)
        {
            errors.Add(path.Member("endpoints"), $"{tags:N0} tags", $"at most {TagsMax:N0} for one agent", "run several agents");
        }
    }

    private static void CheckRemote(AgentConfig agent, ConfigPath path, ConfigErrors errors)
    {
        if (agent.RemoteConfiguration is not { } remote)
        {
            return;
        }

        if (remote.HubKey is { } key && (key.Length != 64 || !key.All(char.IsAsciiHexDigit)))
        {
            errors.Add(path.Member("hubKey"), "it is no fingerprint of a key", "64 hexadecimal digits", "copy it from the hub's page of agents");
        }
        else if (remote is { Allow: true, HubKey: null })
        {
            errors.Add(path, "configurations are to be taken, and nothing says from whom", "hubKey, the fingerprint of the hub's key", "copy it from the hub's page of agents");
        }

        if (remote.Allow && agent.Publishers.Count == 0)
        {
            errors.Add(path.Member("allow"), "there is no publisher over whose broker a configuration could come", "a publisher", "");
        }
    }

    private static void CheckPublishers(AgentConfig agent, ConfigPath path, ConfigErrors errors)
    {
        var names = new Dictionary<string, ConfigPath>(StringComparer.Ordinal);
        for (int i = 0; i < agent.Publishers.Count; i++)
        {
            PublisherConfig publisher = agent.Publishers[i];
            ConfigPath at = path.Index(i);
            NameRules.CheckTopicName(publisher.Name, at.Member("name"), errors);
            NameRules.CheckUnique(publisher.Name, names, at.Member("name"), "publisher", errors);
            ConnectionRules.Check(publisher, at, errors);
            PublisherRules.Check(agent, publisher, at, errors);
        }
    }

    private static void CheckTags(AgentConfig agent, DeviceConfig device, ConfigPath path, ConfigErrors errors)
    {
        var names = new Dictionary<string, ConfigPath>(StringComparer.Ordinal);
        for (int i = 0; i < device.Tags.Count; i++)
        {
            TagConfig tag = device.Tags[i];
            ConfigPath at = tag.Source ?? path.Member("tags").Index(i);
            if (tag.Remove)
            {
                errors.Add(at.Member("remove"), "there is no template to leave a tag out of", "remove only with a device's template", "delete the tag");
            }

            if (NameRules.CheckName(tag.Name, at.Member("name"), errors))
            {
                NameRules.CheckUnique(tag.Name, names, at.Member("name"), "tag", errors);
            }

            TagRules.Check(tag, at, agent.ScanClasses, errors);
        }
    }
}
