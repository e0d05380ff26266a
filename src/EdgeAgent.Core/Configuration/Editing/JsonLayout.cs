using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeAgent.Core.Configuration;

/// <summary>Writes a value into a configuration file as people lay it out: small objects on one line, everything else one member a line.</summary>
internal sealed class JsonLayout(string newLine)
{
    private const int LineCharsMax = 140;
    private const string Step = "  ";
    private static readonly JavaScriptEncoder Plain = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <param name="value">What to write.</param>
    /// <param name="indent">Whitespace of the line that it begins on.</param>
    public string Write(JsonElement value, string indent)
    {
        var text = new StringBuilder();
        Write(text, value, indent);
        return text.ToString();
    }

    public static string Quoted(string text) => $"\"{Plain.Encode(text)}\"";

    private void Write(StringBuilder text, JsonElement value, string indent)
    {
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            text.Append(Scalar(value));
            return;
        }

        if (OneLine(value) is { } line && indent.Length + line.Length <= LineCharsMax)
        {
            text.Append(line);
            return;
        }

        bool isObject = value.ValueKind == JsonValueKind.Object;
        text.Append(isObject ? '{' : '[');
        string inner = indent + Step;
        bool first = true;
        foreach ((string? name, JsonElement child) in Children(value))
        {
            text.Append(first ? "" : ",").Append(newLine).Append(inner);
            first = false;
            if (name is not null)
            {
                text.Append(Quoted(name)).Append(": ");
            }

            Write(text, child, inner);
        }

        text.Append(newLine).Append(indent).Append(isObject ? '}' : ']');
    }

    /// <summary>Null for what is too deep to be read on one line.</summary>
    private static string? OneLine(JsonElement value)
    {
        bool isObject = value.ValueKind == JsonValueKind.Object;
        List<string> parts = [];
        foreach ((string? name, JsonElement child) in Children(value))
        {
            bool isFlat = child.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
            // Lists of numbers and empty containers read well on a line; anything else with depth does not.
            string? inner = isFlat ? Scalar(child) : Children(child).Any(c => c.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array) ? null : OneLine(child);
            if (inner is null || (!isObject && !isFlat))
            {
                return null;
            }

            parts.Add(name is null ? inner : $"{Quoted(name)}: {inner}");
        }

        string joined = string.Join(", ", parts);
        return parts.Count == 0 ? (isObject ? "{}" : "[]") : isObject ? $"{{ {joined} }}" : $"[{joined}]";
    }

    private static IEnumerable<(string? Name, JsonElement Value)> Children(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in value.EnumerateObject())
            {
                yield return (member.Name, member.Value);
            }
        }
        else
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                yield return (null, item);
            }
        }
    }

    private static string Scalar(JsonElement value) => value.ValueKind == JsonValueKind.String ? Quoted(value.GetString()!) : value.GetRawText();
}
