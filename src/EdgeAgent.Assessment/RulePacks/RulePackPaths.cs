using System.Text.Json.Nodes;

namespace EdgeAgent.Assessment.RulePacks;

/// <summary>Places in a rule pack: <c>$.levels[2].score</c>, where elements that have a name of their own go by it: <c>$.levels[二级]</c>.</summary>
internal static class RulePackPaths
{
    public const string Root = "$";

    public static string Member(string path, string name) => $"{path}.{name}";

    public static string Element(string path, object key) => $"{path}[{key}]";

    /// <summary>The value of the longest path that the given one lies under.</summary>
    public static T? Longest<T>(IReadOnlyDictionary<string, T> byPath, string path)
        where T : class
    {
        for (string at = path; at.Length > 0; at = Parent(at))
        {
            if (byPath.TryGetValue(at, out T? found))
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Members by name, elements by key or index; null when there is no such place.</summary>
    public static JsonNode? Find(JsonNode root, string path)
    {
        JsonNode? at = root;
        foreach (string step in Steps(path))
        {
            at = at switch
            {
                JsonObject members => members.TryGetPropertyValue(step, out JsonNode? member) ? member : null,
                JsonArray elements => RulePackMerge.FindElement(elements, step),
                _ => null,
            };
            if (at is null)
            {
                return null;
            }
        }

        return at;
    }

    /// <summary>Whether a path leads nowhere.</summary>
    public static bool IsGone(JsonNode root, string path)
    {
        try
        {
            return Find(root, path) is null;
        }
        catch (FormatException)
        {
            return true;
        }
    }

    /// <summary>The steps of a path after the root.</summary>
    /// <exception cref="FormatException">The path is malformed.</exception>
    public static IReadOnlyList<string> Steps(string path)
    {
        List<string> steps = [];
        int at = path.StartsWith(Root, StringComparison.Ordinal) ? 1 : throw new FormatException($"'{path}' does not begin with $.");
        while (at < path.Length)
        {
            bool element = path[at] == '[';
            int end = element ? path.IndexOf(']', at) : path.AsSpan(at + 1).IndexOfAny('.', '[') is var next and >= 0 ? at + 1 + next : path.Length;
            if (end < 0 || end == at + 1 || (!element && path[at] != '.'))
            {
                throw new FormatException($"'{path}' is not a path such as $.minCoverage or $.levels[2].score.");
            }

            steps.Add(path[(at + 1)..end]);
            at = element ? end + 1 : end;
        }

        return steps;
    }

    private static string Parent(string path)
    {
        int cut = path.EndsWith(']') ? path.LastIndexOf('[') : path.LastIndexOf('.');
        return cut <= 0 ? "" : path[..cut];
    }
}
