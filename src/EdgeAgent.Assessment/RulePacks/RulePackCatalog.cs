using System.Security.Cryptography;
using System.Text.Json;

namespace EdgeAgent.Assessment.RulePacks;

/// <summary>Finds rule packs: those that come with the program by id, others by the path of their file.</summary>
public static class RulePackCatalog
{
    /// <summary>The pack for real assessments unless a configuration names another.</summary>
    public const string DefaultId = "miit-2024";

    /// <summary>The pack that counts simulated devices over a short window, and says so.</summary>
    public const string DemoId = "demo";

    private const string ResourcePrefix = "RulePacks/";

    /// <summary>The ids of the packs that come with the program.</summary>
    public static IReadOnlyList<string> EmbeddedIds { get; } = [.. typeof(RulePackCatalog).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
        .Select(name => Path.GetFileNameWithoutExtension(name[ResourcePrefix.Length..]))
        .Order(StringComparer.Ordinal)];

    /// <summary>Loads an embedded pack by its id, or a file when the name ends in <c>.json</c>.</summary>
    /// <exception cref="RulePackException">There is no such pack, or it is wrong.</exception>
    public static LoadedRulePack Load(string idOrPath)
    {
        if (idOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            try
            {
                return Parse(File.ReadAllBytes(idOrPath), idOrPath);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new RulePackException(idOrPath, [e.Message]);
            }
        }

        using Stream? resource = typeof(RulePackCatalog).Assembly.GetManifestResourceStream($"{ResourcePrefix}{idOrPath}.json");
        if (resource is null)
        {
            throw new RulePackException(idOrPath, [$"it is not one of {string.Join(", ", EmbeddedIds)} and not a .json file"]);
        }

        byte[] bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return Parse(bytes, idOrPath);
    }

    /// <summary>Reads a pack from the bytes of its file and checks it.</summary>
    /// <exception cref="RulePackException">It is wrong; every problem is named.</exception>
    public static LoadedRulePack Parse(ReadOnlySpan<byte> json, string name)
    {
        RulePack? pack;
        try
        {
            pack = JsonSerializer.Deserialize(json, RulePackJson.Default.RulePack);
        }
        catch (JsonException e)
        {
            throw new RulePackException(name, [e.Message]);
        }

        IReadOnlyList<string> problems = pack is null ? ["it is null"] : RulePackCheck.Problems(pack);
        return problems.Count == 0
            ? new LoadedRulePack(pack!, Convert.ToHexStringLower(SHA256.HashData(json)))
            : throw new RulePackException(name, problems);
    }
}
