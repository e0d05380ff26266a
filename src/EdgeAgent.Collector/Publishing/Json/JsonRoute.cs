using System.Text.Json;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt;

namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>A route with its templates compiled.</summary>
internal sealed class JsonRoute
{
    private JsonRoute(JsonRouteConfig config, JsonTopic topic, JsonTemplate template)
    {
        (Config, Topic, Template) = (config, topic, template);
        Group = JsonNames.Escape(config.Group);
    }

    public JsonRouteConfig Config { get; }

    public JsonTopic Topic { get; }

    public JsonTemplate Template { get; }

    /// <summary>The group's name, escaped.</summary>
    public byte[] Group { get; }

    public MqttQos Qos => (MqttQos)Config.Qos;

    /// <summary>Compiles every route, reporting all that is wrong; routes with errors are left out.</summary>
    public static IReadOnlyList<JsonRoute> Compile(JsonPublishConfig config, ConfigPath path, ConfigErrors errors)
    {
        var routes = new List<JsonRoute>();
        for (int i = 0; i < config.Routes.Count; i++)
        {
            JsonRouteConfig route = config.Routes[i];
            ConfigPath at = path.Member("routes").Index(i);
            JsonTopic? topic = JsonTopic.Compile(route.Topic, route.Per, at.Member("topic"), errors);
            JsonTemplate? template = Compile(route, config.Timestamp, at.Member("payload"), errors);
            if (topic is not null && template is not null)
            {
                routes.Add(new JsonRoute(route, topic, template));
            }
        }

        return routes;
    }

    public bool Wants(DeviceDefinition device, TagDefinition tag) =>
        NamePatterns.Match(Config.Devices, device.Name) && NamePatterns.Match(Config.Tags, tag.Name);

    private static JsonTemplate? Compile(JsonRouteConfig route, JsonTimestamp timestamp, ConfigPath path, ConfigErrors errors)
    {
        var compiler = new JsonTemplateCompiler(route.Per, timestamp, errors);
        if (route.Payload.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            try
            {
                return compiler.Compile(route.Payload, path);
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair, written as an escape: JSON allows it, and no text has it.
                errors.Add(path, "a text that is not Unicode", "pairs of \\ud800 to \\udfff", "write the character itself");
                return null;
            }
        }

        using var document = JsonDocument.Parse(JsonTemplate.DefaultOf(route.Per));
        return compiler.Compile(document.RootElement, path);
    }
}
