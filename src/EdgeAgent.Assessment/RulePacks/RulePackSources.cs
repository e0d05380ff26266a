using System.Text.Json.Nodes;

namespace EdgeAgent.Assessment.RulePacks;

/// <summary>Checks that every fact of a rule pack says where it comes from.</summary>
internal static class RulePackSources
{
    /// <summary>Members that are no facts about the world.</summary>
    private static readonly string[] NoFacts = ["id", "version", "title", "source", "base", "demonstration", "allowSimulated", "bandsOnly", "sources"];

    public static IEnumerable<string> Problems(RulePackDocument document, RulePack pack)
    {
        foreach ((string name, JsonNode? value) in document.Root)
        {
            string path = RulePackPaths.Member(RulePackPaths.Root, name);
            if (!NoFacts.Contains(name) && Unfounded(value, path, pack.Sources) is { } place)
            {
                yield return $"sources: nothing says where {place} comes from";
            }
        }

        foreach ((string path, JsonNode? _) in document.Own["sources"] as JsonObject ?? [])
        {
            if (RulePackPaths.IsGone(document.Root, path))
            {
                yield return $"sources[{path}]: the pack has no such member";
            }
        }
    }

    /// <summary>The first leaf below a place that no source covers.</summary>
    private static string? Unfounded(JsonNode? node, string path, IReadOnlyDictionary<string, RulePackFact> sources)
    {
        if (RulePackPaths.Longest(sources, path) is not null)
        {
            return null;
        }

        return node switch
        {
            JsonObject members => members.Select(m => Unfounded(m.Value, RulePackPaths.Member(path, m.Key), sources)).FirstOrDefault(p => p is not null),
            JsonArray elements => elements.Select((e, i) => Unfounded(e, RulePackPaths.Element(path, RulePackMerge.KeyOf(e) ?? $"{i}"), sources)).FirstOrDefault(p => p is not null),
            null => null,
            _ => path,
        };
    }
}
