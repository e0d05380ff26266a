using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeAgent.Assessment.RulePacks;

/// <summary>A rule pack's file with its base laid under it, still as JSON.</summary>
/// <param name="Root">Every member, with those of the base.</param>
/// <param name="Own">The members of the file itself.</param>
/// <param name="Sha256">Of the file's bytes; for a pack with a base, of the base's hash, a line feed and the file's bytes.</param>
internal sealed record RulePackDocument(JsonObject Root, JsonObject Own, string Sha256)
{
    private const int BasesMax = 4;

    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <exception cref="JsonException">The file is no JSON object.</exception>
    /// <exception cref="RulePackException">The base cannot be used.</exception>
    public static RulePackDocument Read(ReadOnlySpan<byte> json, string name, int depth = 0)
    {
        using JsonDocument parsed = JsonDocument.Parse(json.ToArray(), Reading);
        JsonObject root = JsonObject.Create(parsed.RootElement.Clone()) ?? throw new JsonException("it is not a JSON object");
        if (!root.TryGetPropertyValue("base", out JsonNode? member) || member is null)
        {
            return new RulePackDocument(root, root, Convert.ToHexStringLower(SHA256.HashData(json)));
        }

        string id = member is JsonValue value && value.TryGetValue(out string? text) ? text : throw new JsonException("base: the id of a built-in pack expected");
        if (depth == BasesMax)
        {
            throw new RulePackException(name, [$"base: '{id}' lies on more than {BasesMax} packs"]);
        }

        byte[] below = RulePackCatalog.ReadEmbedded(id)
            ?? throw new RulePackException(name, [$"base: '{id}' is not one of {string.Join(", ", RulePackCatalog.EmbeddedIds)}"]);
        RulePackDocument based = Read(below, id, depth + 1);
        byte[] line = Encoding.ASCII.GetBytes(based.Sha256 + "\n");
        JsonObject merged = (JsonObject)RulePackMerge.Merge(based.Root, root)!;
        DropSources(merged, root);
        return new RulePackDocument(merged, root, Convert.ToHexStringLower(SHA256.HashData([.. line, .. json])));
    }

    /// <summary>Sources that the base gives for members that the pack on top of it does without.</summary>
    private static void DropSources(JsonObject merged, JsonObject own)
    {
        if (merged["sources"] is not JsonObject sources)
        {
            return;
        }

        JsonObject? given = own["sources"] as JsonObject;
        foreach (string path in sources.Select(s => s.Key).Where(p => given?.ContainsKey(p) != true && RulePackPaths.IsGone(merged, p)).ToArray())
        {
            sources.Remove(path);
        }
    }
}
