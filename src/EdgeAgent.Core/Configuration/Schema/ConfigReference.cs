using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeAgent.Core.Configuration;

/// <summary>Writes the reference of the configuration (Markdown) from its JSON Schema, so that it never says other things than the program.</summary>
public static class ConfigReference
{
    /// <param name="schema">What <see cref="ConfigSchema.Generate"/> gave.</param>
    public static string Generate(string schema)
    {
        JsonObject root = JsonNode.Parse(schema)!.AsObject();
        StringBuilder text = new();
        text.Append("# Configuration reference\n\n");
        text.Append("Generated from the program by `edgeagent schema --reference`; [agent.schema.json](agent.schema.json) says the same to an editor.\n");
        text.Append("Paths are written as in error messages: `[]` stands for each element of a list, `{}` for each name of a table. A member in **bold** is required.\n");
        WriteObject(text, root, "", "The file");
        if (root["properties"]?["agent"]?["properties"]?["endpoints"]?["items"]?["allOf"] is JsonArray drivers)
        {
            foreach (JsonNode? driver in drivers)
            {
                WriteDriver(text, driver!.AsObject());
            }
        }

        return text.ToString();
    }

    private static void WriteDriver(StringBuilder text, JsonObject condition)
    {
        string name = condition["if"]!["properties"]!["driver"]!["const"]!.GetValue<string>();
        JsonNode then = condition["then"]!["properties"]!;
        text.Append(CultureInfo.InvariantCulture, $"\n## Driver `{name}`\n");
        if (then["settings"] is JsonObject endpoint)
        {
            WriteObject(text, endpoint, "endpoint.settings", "Settings of the endpoint");
        }

        if (then["devices"]?["items"]?["properties"]?["settings"] is JsonObject device)
        {
            WriteObject(text, device, "device.settings", "Settings of a device");
        }
    }

    private static void WriteObject(StringBuilder text, JsonObject schema, string path, string title)
    {
        if (schema["properties"] is not JsonObject { Count: > 0 } members)
        {
            return;
        }

        HashSet<string> required = [.. (schema["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>())];
        text.Append(CultureInfo.InvariantCulture, $"\n### {(path.Length == 0 ? title : $"`{path}`")}\n\n");
        if (schema["description"] is JsonValue description)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Cell(description.GetValue<string>())}\n\n");
        }

        text.Append("| member | type | default | |\n|---|---|---|---|\n");
        foreach ((string name, JsonNode? node) in members)
        {
            JsonObject member = node as JsonObject ?? [];
            string shown = required.Contains(name) ? $"**`{name}`**" : $"`{name}`";
            text.Append(CultureInfo.InvariantCulture, $"| {shown} | {TypeOf(member)} | {DefaultOf(member)} | {Cell(member["description"]?.GetValue<string>() ?? "")}{RangeOf(member)} |\n");
        }

        foreach ((string name, JsonNode? node) in members)
        {
            (JsonObject nested, string suffix) = Nested(node as JsonObject ?? []);
            WriteObject(text, nested, (path.Length == 0 ? name : $"{path}.{name}") + suffix, "");
        }
    }

    /// <summary>The object that a member holds: itself, the elements of a list, or the values of a table.</summary>
    private static (JsonObject Schema, string Suffix) Nested(JsonObject member) =>
        member["items"] is JsonObject items ? (items, "[]")
        : member["additionalProperties"] is JsonObject values ? (values, "{}")
        : (member, "");

    private static string TypeOf(JsonObject member)
    {
        if (member["enum"] is JsonArray choices)
        {
            return string.Join(", ", choices.Where(value => value is not null).Select(value => $"`{value}`"));
        }

        string type = member["type"] switch
        {
            JsonArray many => string.Join(" or ", many.Select(one => one!.GetValue<string>()).Where(one => one != "null")),
            JsonValue one => one.GetValue<string>(),
            _ => "any",
        };
        return type switch
        {
            "array" => $"list of {(member["items"] is JsonObject items ? TypeOf(items) : "any")}",
            "object" when member["additionalProperties"] is JsonObject values => $"table of {TypeOf(values)}",
            _ => type,
        };
    }

    private static string DefaultOf(JsonObject member) =>
        member["default"] is { } value ? $"`{value.ToJsonString(new JsonSerializerOptions { TypeInfoResolver = ConfigJson.Default })}`" : "";

    private static string RangeOf(JsonObject member) => (member["minimum"], member["maximum"]) switch
    {
        ({ } low, { } high) => $" {Number(low)} to {Number(high)}.",
        ({ } low, null) => $" At least {Number(low)}.",
        (null, { } high) => $" At most {Number(high)}.",
        _ => "",
    };

    private static string Number(JsonNode value) => value.AsValue().TryGetValue(out double number) ? number.ToString("#,0.#####", CultureInfo.InvariantCulture) : value.ToString();

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
