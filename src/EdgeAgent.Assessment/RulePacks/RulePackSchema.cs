using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Unicode;

namespace EdgeAgent.Assessment.RulePacks;

/// <summary>The JSON Schema (2020-12) of rule packs, for editors; <see cref="RulePackCatalog"/> checks more than a schema can say.</summary>
public static class RulePackSchema
{
    private static readonly string[] AlwaysThere = ["id", "version", "title", "source"];

    public static string Text()
    {
        JsonObject schema = RulePackJson.Default.RulePack.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).AsObject();
        JsonArray all = schema["required"]!.DeepClone().AsArray();
        RemoveRequired(schema);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "EdgeAgent rule pack");

        // A pack with a base may leave out whatever the base has, at any depth.
        schema["required"] = new JsonArray([.. AlwaysThere.Select(name => (JsonNode)name)]);
        schema["anyOf"] = new JsonArray(
            new JsonObject { ["required"] = new JsonArray("base") },
            new JsonObject { ["required"] = all });
        return schema.ToJsonString(new JsonSerializerOptions
        {
            WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), TypeInfoResolver = RulePackJson.Default,
        }) + "\n";
    }

    private static void RemoveRequired(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                if (members["required"] is JsonArray)
                {
                    members.Remove("required");
                }

                foreach ((string _, JsonNode? child) in members)
                {
                    RemoveRequired(child);
                }

                break;
            case JsonArray elements:
                foreach (JsonNode? element in elements)
                {
                    RemoveRequired(element);
                }

                break;
        }
    }
}
