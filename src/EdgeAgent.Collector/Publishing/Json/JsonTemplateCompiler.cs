using System.Text;
using System.Text.Json;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>Compiles a payload template, reporting everything that is wrong with it.</summary>
internal sealed class JsonTemplateCompiler(JsonMessagePer per, JsonTimestamp timestamp, ConfigErrors errors)
{
    private const string Each = "{each}";

    private readonly List<JsonStep> _steps = [];
    private readonly List<byte> _literal = [];
    private bool _timestampOutside;
    private bool _tagsAreKeys;

    /// <summary>Null when something is wrong.</summary>
    public JsonTemplate? Compile(JsonElement template, ConfigPath path)
    {
        int before = errors.Total;
        Element(template, path, inside: per == JsonMessagePer.Tag);
        Flush();
        if (errors.Total == before && per != JsonMessagePer.Tag && !_steps.Exists(static step => step.Kind == JsonStepKind.Repeat))
        {
            errors.Add(path, "a message for many readings that repeats nothing", "an object with a member {tag}, or a list that begins with {each}",
                "\"values\": { \"{tag}\": \"{value}\" }");
        }

        return errors.Total > before ? null : new JsonTemplate([.. _steps], _timestampOutside, _tagsAreKeys);
    }

    private void Element(JsonElement element, ConfigPath path, bool inside)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                Members(element, path, inside);
                break;
            case JsonValueKind.Array:
                Items(element, path, inside);
                break;
            case JsonValueKind.String:
                Text(element.GetString()!, path, inside, isKey: false);
                break;
            default:
                Add(Encoding.UTF8.GetBytes(element.GetRawText()));
                break;
        }
    }

    private void Members(JsonElement element, ConfigPath path, bool inside)
    {
        Add("{"u8);
        bool first = true, mayBeEmpty = false;
        foreach (JsonProperty member in element.EnumerateObject())
        {
            ConfigPath at = path.Member(member.Name);
            bool repeats = TryRepeat(member.Name, out string name, out JsonOnly only) && !inside;
            if (repeats)
            {
                mayBeEmpty = true;
                _tagsAreKeys = true;
                Repeat(only, () =>
                {
                    _steps.Add(new JsonStep(JsonStepKind.Separator, []));
                    Member(name, member.Value, at, inside: true);
                });
            }
            else
            {
                Comma(first, mayBeEmpty);
                Member(name, member.Value, at, inside);
            }

            first = false;
        }

        Add("}"u8);
    }

    private void Member(string name, JsonElement value, ConfigPath path, bool inside)
    {
        Text(name, path, inside, isKey: true);
        Add(":"u8);
        Element(value, path, inside);
    }

    private void Items(JsonElement element, ConfigPath path, bool inside)
    {
        Add("["u8);
        JsonElement[] items = [.. element.EnumerateArray()];
        if (items.Length > 0 && items[0].ValueKind == JsonValueKind.String && items[0].GetString() == Each)
        {
            if (inside || items.Length != 2)
            {
                errors.Add(path, inside ? "{each} inside what is repeated already" : $"{{each}} with {items.Length - 1} elements behind it",
                    "[\"{each}\", what is repeated], once", "");
                return;
            }

            Repeat(JsonOnly.All, () =>
            {
                _steps.Add(new JsonStep(JsonStepKind.Separator, []));
                Element(items[1], path.Index(1), inside: true);
            });
        }
        else
        {
            for (int i = 0; i < items.Length; i++)
            {
                Comma(i == 0, mayBeEmpty: false);
                Element(items[i], path.Index(i), inside);
            }
        }

        Add("]"u8);
    }

    private void Comma(bool first, bool mayBeEmpty)
    {
        if (mayBeEmpty)
        {
            Flush();
            _steps.Add(new JsonStep(JsonStepKind.Separator, []));
        }
        else if (!first)
        {
            Add(","u8);
        }
    }

    private void Repeat(JsonOnly only, Action body)
    {
        Flush();
        int at = _steps.Count;
        _steps.Add(default);
        body();
        Flush();
        _steps[at] = new JsonStep(JsonStepKind.Repeat, [], default, _steps.Count - at - 1, only);
    }

    private void Text(string text, ConfigPath path, bool inside, bool isKey)
    {
        var parts = new List<(string? Literal, JsonField Field)>();
        if (!JsonPlaceholders.TryCut(text, timestamp, path, errors, parts))
        {
            return;
        }

        foreach ((string? literal, JsonField field) in parts)
        {
            if (literal is null)
            {
                CheckScope(field, path, inside);
            }
        }

        // A text that is one placeholder and nothing else is the value itself, not a text.
        if (parts is [(null, var only)] && !isKey)
        {
            Flush();
            _steps.Add(new JsonStep(JsonStepKind.Value, [], only));
            return;
        }

        Add("\""u8);
        foreach ((string? literal, JsonField field) in parts)
        {
            if (literal is not null)
            {
                var escaped = new JsonSink();
                escaped.Escaped(Encoding.UTF8.GetBytes(literal));
                Add(escaped.Written.Span);
            }
            else
            {
                Flush();
                _steps.Add(new JsonStep(JsonStepKind.Text, [], field));
            }
        }

        Add("\""u8);
    }

    private void CheckScope(JsonField field, ConfigPath path, bool inside)
    {
        if (inside)
        {
            return;
        }

        if (field >= JsonField.UnixMs)
        {
            _timestampOutside = true;
        }
        else if (field is JsonField.Tag or JsonField.Unit or JsonField.Value or (>= JsonField.Quality and <= JsonField.QualityOpc)
            || (per == JsonMessagePer.Group && (field is JsonField.Device or JsonField.Asset)))
        {
            errors.Add(path, $"{{{field.ToString().ToLowerInvariant()}}} where the message is about many readings", "inside a member {tag} or a list that begins with {each}",
                "\"values\": { \"{tag}\": \"{value}\" }");
        }
    }

    /// <summary>{tag:good} and {tag:bad} are for members that exist for readings with a value, or without one, only.</summary>
    private static bool TryRepeat(string name, out string key, out JsonOnly only)
    {
        only = name.Contains("{tag:good}", StringComparison.Ordinal) ? JsonOnly.WithValue
            : name.Contains("{tag:bad}", StringComparison.Ordinal) ? JsonOnly.WithoutValue : JsonOnly.All;
        key = name.Replace("{tag:good}", "{tag}", StringComparison.Ordinal).Replace("{tag:bad}", "{tag}", StringComparison.Ordinal);
        return key.Contains("{tag}", StringComparison.Ordinal);
    }

    private void Add(ReadOnlySpan<byte> bytes) => _literal.AddRange(bytes);

    private void Flush()
    {
        if (_literal.Count > 0)
        {
            _steps.Add(new JsonStep(JsonStepKind.Literal, [.. _literal]));
            _literal.Clear();
        }
    }
}
