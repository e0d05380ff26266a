using System.Text.Json;

namespace EdgeAgent.Core.Configuration;

/// <summary>Puts one device together from its template and its own entry.</summary>
internal sealed class TemplateMerge(ConfigErrors errors)
{
    private readonly List<string> _overridden = [];
    private readonly List<string> _removed = [];
    private readonly List<string> _added = [];

    /// <param name="device">The entry in the configuration.</param>
    /// <param name="template">Its template.</param>
    /// <param name="path">Where the entry is.</param>
    public ConfigNode Merge(ConfigNode device, LoadedTemplate template, ConfigPath path)
    {
        ConfigNode merged = device;
        if (template.Settings is { } settings)
        {
            merged = merged.WithMember("settings", Over(settings, device.Member("settings")));
        }

        ConfigNode? own = device.Member("tags");
        return own is null or { Kind: JsonValueKind.Array }
            ? merged.WithMember("tags", (own ?? new ConfigNode(JsonValueKind.Array, device.Line)) with { Items = Tags(template, own?.Items ?? [], path.Member("tags")) })
            : merged;
    }

    /// <summary>What became of the template in the last <see cref="Merge"/>.</summary>
    public TemplateUse UseOf(LoadedTemplate template, string endpoint, ConfigNode device)
    {
        IEnumerable<string> own = device.Member("settings")?.Members.Select(static m => m.Name) ?? [];
        return new TemplateUse(
            endpoint, device.Member("name")?.Text ?? "", template.Name, template.File, template.Tags.Count - _removed.Count, _overridden, _removed, _added,
            [.. (template.Settings?.Members ?? []).Select(static m => m.Name).Except(own, StringComparer.Ordinal)]);
    }

    private List<ConfigNode> Tags(LoadedTemplate template, List<ConfigNode> own, ConfigPath path)
    {
        List<ConfigNode?> tags = [.. template.Tags];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < template.Tags.Count; i++)
        {
            places.TryAdd(NameOf(template.Tags[i]), i);
        }

        for (int i = 0; i < own.Count; i++)
        {
            ConfigNode entry = own[i];
            string name = NameOf(entry);
            bool remove = entry.Member("remove") is { Kind: JsonValueKind.True };
            if (places.TryGetValue(name, out int at))
            {
                if (tags[at] is null || tags[at]!.File is null)
                {
                    errors.Add(path.Index(i), $"tag '{name}' is given twice", "one entry for each tag of the template", "put the two together");
                }

                tags[at] = remove ? null : Over(template.Tags[at], entry.Without("remove"));
                (remove ? _removed : _overridden).Add(name);
            }
            else if (entry.Kind == JsonValueKind.Object && (remove || entry.Member("address") is null))
            {
                errors.Add(
                    path.Index(i), $"template '{template.Name}' has no tag '{name}'", "the name of one of its tags" + (remove ? "" : ", or an address for a tag of the device's own"),
                    Similar.Advice(name, places.Keys, $"the template is {template.File}; 'edgeagent check' lists what comes from it"));
            }
            else
            {
                tags.Add(entry);
                _added.Add(name);
            }
        }

        return [.. tags.OfType<ConfigNode>()];
    }

    /// <summary>The entry's members over the template's; objects in it likewise, anything else as a whole.</summary>
    private static ConfigNode Over(ConfigNode template, ConfigNode? entry)
    {
        if (entry is null || entry.Kind != JsonValueKind.Object || template.Kind != JsonValueKind.Object)
        {
            return entry ?? template;
        }

        List<ConfigMember> members = [.. template.Members.Where(m => entry.Member(m.Name) is null)];
        members.AddRange(entry.Members.Select(m => template.Member(m.Name) is { } below ? m with { Value = Over(below, m.Value) } : m));
        return entry with { Members = members };
    }

    private static string NameOf(ConfigNode tag) => tag.Member("name")?.Text ?? "";
}
