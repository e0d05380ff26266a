using System.Text.Json;

namespace EdgeAgent.Core.Configuration;

/// <summary>Replaces each device that names a template by what the two come to, before anything else looks at the configuration.</summary>
/// <remarks>Works on nodes: each keeps its file and line, so that whatever is found later is reported where it was written.</remarks>
internal sealed class TemplateExpander(TemplateLibrary library, ConfigErrors errors)
{
    private readonly List<TemplateUse> _uses = [];
    private readonly Dictionary<string, (ConfigMember Class, string Template)> _scanClasses = new(StringComparer.Ordinal);
    private ConfigNode _declared = new(JsonValueKind.Object, 0);

    /// <summary>The devices that were put together.</summary>
    public IReadOnlyList<TemplateUse> Uses => _uses;

    public ConfigNode Expand(ConfigNode root)
    {
        ConfigPath endpointsAt = ConfigPath.Root.Member("agent").Member("endpoints");
        if (root.Member("agent") is not { } agent || agent.Member("endpoints") is not { Kind: JsonValueKind.Array } endpoints)
        {
            return root;
        }

        _declared = agent.Member("scanClasses") ?? new ConfigNode(JsonValueKind.Object, agent.Line);
        agent = agent.WithMember("endpoints", endpoints with { Items = [.. endpoints.Items.Select((e, i) => Endpoint(e, endpointsAt.Index(i)))] });
        return _uses.Count == 0 ? root : root.WithMember("agent", WithScanClasses(agent));
    }

    private ConfigNode Endpoint(ConfigNode endpoint, ConfigPath path) => endpoint.Member("devices") is { Kind: JsonValueKind.Array } devices
        ? endpoint.WithMember("devices", devices with { Items = [.. devices.Items.Select((d, i) => Device(d, endpoint, path.Member("devices").Index(i)))] })
        : endpoint;

    private ConfigNode Device(ConfigNode device, ConfigNode endpoint, ConfigPath path)
    {
        // Anything but a text is reported with the other wrong types.
        if (device.Member("template") is not { Kind: JsonValueKind.String } name)
        {
            return device;
        }

        ConfigPath at = path.Member("template");
        LoadedTemplate? template = library.Find(name.Text, at);
        if (template is null || !Fits(template, endpoint, at))
        {
            // What is missing now is not the entry's fault.
            errors.Mute(path.Member("tags"));
            errors.Mute(path.Member("settings"));
            return device;
        }

        Collect(template, at);
        var merge = new TemplateMerge(errors);
        ConfigNode merged = merge.Merge(device, template, path);
        _uses.Add(merge.UseOf(template, endpoint.Member("name")?.Text ?? "", device));
        return merged;
    }

    private bool Fits(LoadedTemplate template, ConfigNode endpoint, ConfigPath path)
    {
        if (endpoint.Member("driver") is not { Kind: JsonValueKind.String } driver || template.Drivers.Contains(driver.Text, StringComparer.Ordinal))
        {
            return true;
        }

        string drivers = string.Join(", ", template.Drivers);
        errors.Add(path, $"template '{template.Name}' ({template.File}) is for {drivers}; the endpoint's driver is {driver.Text}", $"a template for {driver.Text}",
            $"another template, or put the device behind an endpoint of driver {drivers}");
        return false;
    }

    private void Collect(LoadedTemplate template, ConfigPath path)
    {
        foreach (ConfigMember scanClass in template.ScanClasses.Where(c => _declared.Member(c.Name) is null))
        {
            if (_scanClasses.TryGetValue(scanClass.Name, out (ConfigMember Class, string Template) other)
                && other.Class.Value.Member("intervalMs")?.Text != scanClass.Value.Member("intervalMs")?.Text)
            {
                errors.Add(path, $"templates '{other.Template}' and '{template.Name}' mean different periods by scan class '{scanClass.Name}'",
                    "one period for a scan class", $"declare '{scanClass.Name}' in agent.scanClasses, or give the tags another one");
                continue;
            }

            _scanClasses.TryAdd(scanClass.Name, (scanClass, template.Name));
        }
    }

    /// <summary>The configuration's own scan classes win.</summary>
    private ConfigNode WithScanClasses(ConfigNode agent) => _declared.Kind != JsonValueKind.Object || _scanClasses.Count == 0
        ? agent
        : agent.WithMember("scanClasses", _declared with { Members = [.. _declared.Members, .. _scanClasses.Values.Select(static c => c.Class)] });
}
