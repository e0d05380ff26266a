using System.Text;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>A topic template. What a name holds that a topic may not (<c>+ # /</c> and control characters) is written as <c>_</c>.</summary>
internal sealed class JsonTopic
{
    private readonly List<(string? Literal, JsonField Field)> _parts = [];

    /// <summary>Null when something is wrong.</summary>
    /// <param name="per">What its messages are about; null when they are about the agent itself.</param>
    public static JsonTopic? Compile(string text, JsonMessagePer? per, ConfigPath path, ConfigErrors errors)
    {
        var topic = new JsonTopic();
        if (!JsonPlaceholders.TryCut(text, JsonTimestamp.UnixMs, path, errors, topic._parts))
        {
            return null;
        }

        int before = errors.Total;
        foreach ((string? literal, JsonField field) in topic._parts)
        {
            if (literal is null && !IsAllowed(field, per))
            {
                errors.Add(path, $"{{{field.ToString().ToLowerInvariant()}}} in the topic of messages {(per is { } one ? $"per {one.ToString().ToLowerInvariant()}" : "about the agent")}",
                    per switch
                    {
                        JsonMessagePer.Tag => "{site}, {agent}, {group}, {device}, {asset}, {tag}",
                        JsonMessagePer.Device => "{site}, {agent}, {group}, {device}, {asset}",
                        JsonMessagePer.Group => "{site}, {agent}, {group}",
                        _ => "{site}, {agent}",
                    },
                    per is null or JsonMessagePer.Tag ? "" : "set per");
            }
            else if (literal is not null && (literal.AsSpan().IndexOfAny('+', '#') >= 0 || literal.Any(char.IsControl)))
            {
                errors.Add(path, $"'{literal}' cannot be part of a topic to publish to", "no + and no #", "");
            }
        }

        if (text.Length == 0)
        {
            errors.Add(path, "an empty topic", "plant/{device}/{tag}", "");
        }

        return errors.Total > before ? null : topic;
    }

    public byte[] Of(PublisherIdentity identity, string group, DeviceDefinition? device, TagDefinition? tag)
    {
        var text = new StringBuilder();
        foreach ((string? literal, JsonField field) in _parts)
        {
            text.Append(literal ?? Clean(field switch
            {
                JsonField.Site => identity.Site,
                JsonField.Agent => identity.Agent,
                JsonField.Group => group,
                JsonField.Device => device!.Name,
                JsonField.Asset => device!.Asset,
                _ => tag!.Name,
            }));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static bool IsAllowed(JsonField field, JsonMessagePer? per) => field switch
    {
        JsonField.Site or JsonField.Agent => true,
        JsonField.Group => per is not null,
        JsonField.Device or JsonField.Asset => per is JsonMessagePer.Device or JsonMessagePer.Tag,
        JsonField.Tag => per == JsonMessagePer.Tag,
        _ => false,
    };

    private static string Clean(string name) => string.Concat(name.Select(c => c is '+' or '#' or '/' || char.IsControl(c) ? '_' : c));
}
