using System.Text;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>Finds placeholders such as <c>{device}</c> or <c>{timestamp:iso}</c> in texts; <c>{{</c> and <c>}}</c> are the braces themselves.</summary>
internal static class JsonPlaceholders
{
    public const string Known = "{site}, {agent}, {group}, {device}, {asset}, {tag}, {unit}, {value}, "
        + "{quality}, {quality:name}, {quality:code}, {quality:opc}, {timestamp}, {timestamp:unixms}, {timestamp:unixs}, {timestamp:unixns}, {timestamp:iso}";

    /// <summary>Cuts a text into literals and fields.</summary>
    /// <returns>False when something is wrong, which is reported.</returns>
    public static bool TryCut(string text, JsonTimestamp timestamp, ConfigPath path, ConfigErrors errors, List<(string? Literal, JsonField Field)> parts)
    {
        var literal = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if ((c is '{' or '}') && i + 1 < text.Length && text[i + 1] == c)
            {
                literal.Append(c);
                i++;
                continue;
            }

            if (c == '}')
            {
                errors.Add(path, "'}' without '{'", "{name}", "write }} for the character itself");
                return false;
            }

            if (c != '{')
            {
                literal.Append(c);
                continue;
            }

            int end = text.IndexOf('}', i);
            if (end < 0)
            {
                errors.Add(path, "'{' without '}'", "{name}", "write {{ for the character itself");
                return false;
            }

            string name = text[(i + 1)..end];
            if (!TryField(name, timestamp, out JsonField field))
            {
                errors.Add(path, $"there is no placeholder {{{name}}}", Known, "write {{ for the character itself");
                return false;
            }

            if (literal.Length > 0)
            {
                parts.Add((literal.ToString(), default));
                literal.Clear();
            }

            parts.Add((null, field));
            i = end;
        }

        if (literal.Length > 0)
        {
            parts.Add((literal.ToString(), default));
        }

        return true;
    }

    private static bool TryField(string name, JsonTimestamp timestamp, out JsonField field)
    {
        (bool known, field) = name switch
        {
            "site" => (true, JsonField.Site),
            "agent" => (true, JsonField.Agent),
            "group" => (true, JsonField.Group),
            "device" => (true, JsonField.Device),
            "asset" => (true, JsonField.Asset),
            "tag" => (true, JsonField.Tag),
            "unit" => (true, JsonField.Unit),
            "value" => (true, JsonField.Value),
            "quality" => (true, JsonField.Quality),
            "quality:name" => (true, JsonField.QualityName),
            "quality:code" => (true, JsonField.QualityCode),
            "quality:opc" => (true, JsonField.QualityOpc),
            "timestamp" => (true, Of(timestamp)),
            "timestamp:unixms" => (true, JsonField.UnixMs),
            "timestamp:unixs" => (true, JsonField.UnixS),
            "timestamp:unixns" => (true, JsonField.UnixNs),
            "timestamp:iso" => (true, JsonField.Iso),
            _ => (false, default),
        };
        return known;
    }

    private static JsonField Of(JsonTimestamp timestamp) => timestamp switch
    {
        JsonTimestamp.UnixS => JsonField.UnixS,
        JsonTimestamp.UnixNs => JsonField.UnixNs,
        JsonTimestamp.Iso => JsonField.Iso,
        _ => JsonField.UnixMs,
    };
}
