using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeAgent.Assessment.RulePacks;

/// <summary>Sets single members of a rule pack otherwise.</summary>
internal static class RulePackOverrides
{
    /// <summary>Members that say what the pack is; an override of them would make a result lie about its rules.</summary>
    private static readonly string[] Fixed = ["id", "version", "title", "source", "base", "demonstration", "allowSimulated", "sources"];

    /// <returns>What is wrong with the override, or null when it was applied.</returns>
    public static string? Apply(JsonObject root, RuleOverride set)
    {
        IReadOnlyList<string> steps;
        JsonNode? value;
        try
        {
            steps = RulePackPaths.Steps(set.Path);
            value = JsonNode.Parse(set.Value);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return $"override of {set.Path}: {e.Message}";
        }

        if (steps.Count == 0 || Fixed.Contains(steps[0]))
        {
            return $"override of {set.Path}: this member says what the pack is; write a pack of your own instead";
        }

        JsonNode? old = RulePackPaths.Find(root, set.Path);
        if (old is null)
        {
            return $"override of {set.Path}: the pack has no such member";
        }

        Replace(old, value);
        return null;
    }

    private static void Replace(JsonNode old, JsonNode? value)
    {
        switch (old.Parent)
        {
            case JsonObject members:
                members[old.GetPropertyName()] = value;
                break;
            case JsonArray elements:
                elements[old.GetElementIndex()] = value;
                break;
        }
    }
}
