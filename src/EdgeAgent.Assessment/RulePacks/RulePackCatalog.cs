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
    /// <param name="bandsToo">Whether a pack that has the bands of levels only is welcome; rates cannot be computed with it.</param>
    /// <exception cref="RulePackException">There is no such pack, or it is wrong.</exception>
    public static LoadedRulePack Load(string idOrPath, bool bandsToo = false)
    {
        LoadedRulePack pack = Parse(ReadBytes(idOrPath), idOrPath);
        return bandsToo || !pack.Rules.BandsOnly
            ? pack
            : throw new RulePackException(idOrPath, ["it has the bands of levels only; no rate can be computed with it"]);
    }

    /// <summary>Reads a pack from the bytes of its file and checks it.</summary>
    /// <exception cref="RulePackException">It is wrong; every problem is named.</exception>
    public static LoadedRulePack Parse(ReadOnlySpan<byte> json, string name)
    {
        try
        {
            RulePackDocument document = RulePackDocument.Read(json, name);
            return new LoadedRulePack(Read(document, name), document.Sha256);
        }
        catch (JsonException e)
        {
            throw new RulePackException(name, [e.Message]);
        }
    }

    /// <summary>Reads a pack from the bytes of its file, with some of its members set otherwise for one site.</summary>
    /// <exception cref="RulePackException">It is wrong, or is so with the overrides.</exception>
    public static LoadedRulePack Parse(ReadOnlySpan<byte> json, string name, IReadOnlyList<RuleOverride> overrides)
    {
        try
        {
            RulePackDocument document = RulePackDocument.Read(json, name);
            string[] problems = [.. overrides.Select(o => RulePackOverrides.Apply(document.Root, o)).OfType<string>()];
            return problems.Length > 0
                ? throw new RulePackException(name, problems)
                : new LoadedRulePack(Read(document, name), document.Sha256) { Overrides = overrides };
        }
        catch (JsonException e)
        {
            throw new RulePackException(name, [e.Message]);
        }
    }

    /// <summary>The pack with some of its members set otherwise for one site.</summary>
    /// <exception cref="RulePackException">An override names no member, or the pack is wrong with it.</exception>
    public static LoadedRulePack WithOverrides(string idOrPath, IReadOnlyList<RuleOverride> overrides)
    {
        try
        {
            RulePackDocument document = RulePackDocument.Read(ReadBytes(idOrPath), idOrPath);
            string[] problems = [.. overrides.Select(o => RulePackOverrides.Apply(document.Root, o)).OfType<string>()];
            return problems.Length > 0
                ? throw new RulePackException(idOrPath, problems)
                : new LoadedRulePack(Read(document, idOrPath), document.Sha256) { Overrides = overrides };
        }
        catch (JsonException e)
        {
            throw new RulePackException(idOrPath, [e.Message]);
        }
    }

    /// <summary>The file of an embedded pack, or null.</summary>
    internal static byte[]? ReadEmbedded(string id)
    {
        using Stream? resource = typeof(RulePackCatalog).Assembly.GetManifestResourceStream($"{ResourcePrefix}{id}.json");
        if (resource is null)
        {
            return null;
        }

        byte[] bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The bytes of a pack's file, as evidence keeps them.</summary>
    /// <exception cref="RulePackException">There is no such pack.</exception>
    public static byte[] ReadBytes(string idOrPath)
    {
        if (!idOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return ReadEmbedded(idOrPath)
                ?? throw new RulePackException(idOrPath, [$"it is not one of {string.Join(", ", EmbeddedIds)} and not a .json file"]);
        }

        try
        {
            return File.ReadAllBytes(idOrPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RulePackException(idOrPath, [e.Message]);
        }
    }

    private static RulePack Read(RulePackDocument document, string name)
    {
        RulePack pack = document.Root.Deserialize(RulePackJson.Default.RulePack) ?? throw new JsonException("it is null");
        IReadOnlyList<string> problems = [.. RulePackCheck.Problems(pack), .. RulePackSources.Problems(document, pack)];
        return problems.Count == 0 ? pack : throw new RulePackException(name, problems);
    }
}
