using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Web.Wording;

namespace EdgeAgent.Web.Engineering;

/// <summary>Puts Chinese beside the descriptions of a driver's settings, so that a form can switch languages while somebody fills it in.</summary>
internal static class SettingsWords
{
    private const string Description = "description";

    public static JsonElement In(JsonElement schema)
    {
        JsonNode? root = schema.ValueKind == JsonValueKind.Object ? JsonObject.Create(schema) : null;
        if (root is null)
        {
            return schema;
        }

        Add(root);
        return JsonElement.Parse(root.ToJsonString());
    }

    private static void Add(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject one:
                foreach (JsonNode? inner in one.Select(static member => member.Value).ToArray())
                {
                    Add(inner);
                }

                // A setting of this name is an object, and no description.
                if (one[Description] is JsonValue value && value.TryGetValue(out string? english) && Phrasebook.Chinese.Known(english) is { } chinese)
                {
                    one[Description + "Zh"] = chinese;
                }

                break;
            case JsonArray many:
                foreach (JsonNode? inner in many)
                {
                    Add(inner);
                }

                break;
        }
    }
}
