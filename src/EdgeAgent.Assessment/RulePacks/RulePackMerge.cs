using System.Text.Json.Nodes;

namespace EdgeAgent.Assessment.RulePacks;

/// <summary>Lays a pack over its base: members replace those of the base, elements that have a key replace or join those with the
/// same key, and everything else is replaced whole.</summary>
internal static class RulePackMerge
{
    /// <summary>Members by which elements of an array are told apart, the first that an element has.</summary>
    private static readonly string[] Keys = ["no", "level", "key", "name"];

    public static JsonNode? Merge(JsonNode? below, JsonNode? above) => (below, above) switch
    {
        (JsonObject b, JsonObject a) => MergeMembers(b, a),
        (JsonArray b, JsonArray { Count: > 0 } a) when a.All(HasKey) && b.All(HasKey) => MergeElements(b, a),
        _ => above?.DeepClone(),
    };

    /// <summary>The element with a key, or else at an index.</summary>
    public static JsonNode? FindElement(JsonArray elements, string step) =>
        elements.FirstOrDefault(e => KeyOf(e) == step)
        ?? (int.TryParse(step, out int index) && index >= 0 && index < elements.Count && KeyOf(elements[index]) is null ? elements[index] : null);

    /// <summary>The key of an element as text; null when it has none.</summary>
    public static string? KeyOf(JsonNode? element) => element is JsonObject members
        ? Keys.Select(key => members.TryGetPropertyValue(key, out JsonNode? value) ? value?.ToString() : null).FirstOrDefault(v => v is not null)
        : null;

    private static bool HasKey(JsonNode? element) => KeyOf(element) is not null;

    private static JsonObject MergeMembers(JsonObject below, JsonObject above)
    {
        JsonObject merged = [];
        foreach ((string name, JsonNode? value) in below)
        {
            merged[name] = above.TryGetPropertyValue(name, out JsonNode? replacement) ? Merge(value, replacement) : value?.DeepClone();
        }

        foreach ((string name, JsonNode? value) in above)
        {
            if (!merged.ContainsKey(name))
            {
                merged[name] = value?.DeepClone();
            }
        }

        return merged;
    }

    private static JsonArray MergeElements(JsonArray below, JsonArray above)
    {
        JsonArray merged = [];
        foreach (JsonNode? element in below)
        {
            string key = KeyOf(element)!;
            JsonNode? replacement = above.FirstOrDefault(a => KeyOf(a) == key);
            merged.Add(replacement is null ? element?.DeepClone() : Merge(element, replacement));
        }

        foreach (JsonNode? element in above.Where(a => below.All(b => KeyOf(b) != KeyOf(a))))
        {
            merged.Add(element?.DeepClone());
        }

        return merged;
    }
}
