using System.Security.Cryptography;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Publishing.Following;

/// <summary>Remembers definitions by their hash, also across runs: a backlog may name one whose own batch this publisher passed long ago.</summary>
internal sealed class DefinitionShelf(string? directory)
{
    private readonly Dictionary<string, PlantDefinition> _known = new(StringComparer.Ordinal);

    public void Keep(PlantDefinition definition)
    {
        string name = NameOf(definition.ConfigHash.Span);
        lock (_known)
        {
            if (!_known.TryAdd(name, definition) || directory is null)
            {
                return;
            }
        }

        string path = Path.Combine(directory, name);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(directory);
            string written = path + ".new";
            File.WriteAllBytes(written, DefinitionCodec.Encode(definition));
            File.Move(written, path, overwrite: true);
        }
    }

    /// <summary>The definition of this hash; null when it was never seen or its file is damaged.</summary>
    public PlantDefinition? Find(ReadOnlySpan<byte> hash)
    {
        string name = NameOf(hash);
        lock (_known)
        {
            if (_known.TryGetValue(name, out PlantDefinition? known))
            {
                return known;
            }
        }

        string? path = directory is null ? null : Path.Combine(directory, name);
        if (path is null || !File.Exists(path))
        {
            return null;
        }

        byte[] bytes = File.ReadAllBytes(path);
        if (!SHA256.HashData(bytes).AsSpan().SequenceEqual(hash)
            || DefinitionCodec.TryDecode(bytes, BatchLimits.Default, out PlantDefinition? read) != BatchReadStatus.Ok)
        {
            return null;
        }

        lock (_known)
        {
            _known[name] = read!;
        }

        return read;
    }

    /// <summary>Forgets all but one: nothing that is left names another.</summary>
    public void KeepOnly(ReadOnlySpan<byte> hash)
    {
        string name = NameOf(hash);
        lock (_known)
        {
            foreach (string other in _known.Keys.Where(other => other != name).ToArray())
            {
                _known.Remove(other);
            }
        }

        if (directory is not null && Directory.Exists(directory))
        {
            foreach (string path in Directory.GetFiles(directory, "*" + Suffix).Where(path => Path.GetFileName(path) != name))
            {
                File.Delete(path);
            }
        }
    }

    private const string Suffix = ".definition";

    private static string NameOf(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash) + Suffix;
}
