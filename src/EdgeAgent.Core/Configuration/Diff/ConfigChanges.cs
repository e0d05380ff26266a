using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Core.Configuration;

/// <summary>Everything that differs between two configurations, by endpoint, device and tag, for a person who is about to apply one.</summary>
public sealed class ConfigChanges
{
    private readonly List<ConfigChange> _changes = [];

    private ConfigChanges()
    {
    }

    public static IReadOnlyList<ConfigChange> Between(AppConfig before, AppConfig after)
    {
        var found = new ConfigChanges();
        found.Sections(before, after);
        found.Agent(before.Agent, after.Agent);
        return found._changes;
    }

    private void Sections(AppConfig before, AppConfig after)
    {
        if (before.Site != after.Site)
        {
            _changes.Add(new ConfigChange("site", "", "", "", ConfigChange.Changed, [new FieldChange("site", before.Site, after.Site)]));
        }

        Section("broker", before.Broker, after.Broker, ConfigJson.Default.BrokerConfig);
        Section("hub", before.Hub, after.Hub, ConfigJson.Default.HubConfig);
        Section("web", before.Web, after.Web, ConfigJson.Default.WebConfig);
        Section("logging", before.Logging, after.Logging, ConfigJson.Default.LoggingConfig);
    }

    private void Agent(AgentConfig? before, AgentConfig? after)
    {
        Section("agent", Alone(before), Alone(after), ConfigJson.Default.AgentConfig);
        Items("scanClass", Named(before?.ScanClasses), Named(after?.ScanClasses), ConfigJson.Default.ScanClassConfig);
        Items("publisher", before?.Publishers.ToDictionary(static p => p.Name) ?? [], after?.Publishers.ToDictionary(static p => p.Name) ?? [], ConfigJson.Default.PublisherConfig);
        Dictionary<string, EndpointConfig> old = before?.Endpoints.ToDictionary(static e => e.Name) ?? [];
        Dictionary<string, EndpointConfig> now = after?.Endpoints.ToDictionary(static e => e.Name) ?? [];
        foreach (string name in now.Keys.Concat(old.Keys).Distinct(StringComparer.Ordinal))
        {
            EndpointConfig? was = old.GetValueOrDefault(name), becomes = now.GetValueOrDefault(name);
            Item("endpoint", name, "", name, was is null ? null : was with { Devices = [] }, becomes is null ? null : becomes with { Devices = [] }, ConfigJson.Default.EndpointConfig);
            Devices(name, was?.Devices ?? [], becomes?.Devices ?? []);
        }
    }

    private void Devices(string endpoint, IReadOnlyList<DeviceConfig> before, IReadOnlyList<DeviceConfig> after)
    {
        Dictionary<string, DeviceConfig> old = before.ToDictionary(static d => d.Name), now = after.ToDictionary(static d => d.Name);
        foreach (string name in now.Keys.Concat(old.Keys).Distinct(StringComparer.Ordinal))
        {
            DeviceConfig? was = old.GetValueOrDefault(name), becomes = now.GetValueOrDefault(name);
            Item("device", endpoint, name, name, was is null ? null : was with { Tags = [] }, becomes is null ? null : becomes with { Tags = [] }, ConfigJson.Default.DeviceConfig);
            // Tags of a device that comes or goes are its own affair: the device says it all.
            if (was is not null && becomes is not null)
            {
                Tags(endpoint, name, was.Tags, becomes.Tags);
            }
        }
    }

    private void Tags(string endpoint, string device, IReadOnlyList<TagConfig> before, IReadOnlyList<TagConfig> after)
    {
        Dictionary<string, TagConfig> old = before.ToDictionary(static t => t.Name), now = after.ToDictionary(static t => t.Name);
        foreach (string name in now.Keys.Concat(old.Keys).Distinct(StringComparer.Ordinal))
        {
            Item("tag", endpoint, device, name, old.GetValueOrDefault(name), now.GetValueOrDefault(name), ConfigJson.Default.TagConfig);
        }
    }

    private void Section<T>(string kind, T? before, T? after, JsonTypeInfo<T> type)
        where T : class => Item(kind, "", "", "", before, after, type);

    private void Items<T>(string kind, Dictionary<string, T> before, Dictionary<string, T> after, JsonTypeInfo<T> type)
        where T : class
    {
        foreach (string name in after.Keys.Concat(before.Keys).Distinct(StringComparer.Ordinal))
        {
            Item(kind, "", "", name, before.GetValueOrDefault(name), after.GetValueOrDefault(name), type);
        }
    }

    private void Item<T>(string kind, string endpoint, string device, string name, T? before, T? after, JsonTypeInfo<T> type)
        where T : class
    {
        if (before is null || after is null)
        {
            if (before is not null || after is not null)
            {
                _changes.Add(new ConfigChange(kind, endpoint, device, name, before is null ? ConfigChange.Added : ConfigChange.Removed, []));
            }

            return;
        }

        Dictionary<string, string> old = FieldsOf(before, type), now = FieldsOf(after, type);
        FieldChange[] fields =
        [
            .. old.Keys.Concat(now.Keys).Distinct(StringComparer.Ordinal).Where(f => old.GetValueOrDefault(f) != now.GetValueOrDefault(f))
                .Select(f => new FieldChange(f, Shown(f, old.GetValueOrDefault(f)), Shown(f, now.GetValueOrDefault(f)))),
        ];
        if (fields.Length > 0)
        {
            _changes.Add(new ConfigChange(kind, endpoint, device, name, ConfigChange.Changed, fields));
        }
    }

    private static string? Shown(string field, string? value) =>
        value is null ? null : SecretMask.IsSecretName(field.TrimEnd(']', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '[')) || value.StartsWith("***", StringComparison.Ordinal) ? "***" : value;

    private static Dictionary<string, string> FieldsOf<T>(T value, JsonTypeInfo<T> type)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        Flatten(JsonSerializer.SerializeToElement(value, type), "", fields);
        return fields;
    }

    private static void Flatten(JsonElement value, string path, Dictionary<string, string> into)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    Flatten(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", into);
                }

                break;
            case JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Flatten(item, $"{path}[{index++}]", into);
                }

                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            default:
                into[path] = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
                break;
        }
    }

    private static AgentConfig? Alone(AgentConfig? agent) => agent is null ? null
        : agent with { Endpoints = [], Publishers = [], ScanClasses = new Dictionary<string, ScanClassConfig>() };

    private static Dictionary<string, ScanClassConfig> Named(IReadOnlyDictionary<string, ScanClassConfig>? classes) => classes?.ToDictionary() ?? [];
}
