using System.Security.Cryptography;
using System.Text;

namespace EdgeAgent.Core.Configuration;

/// <summary>A configuration as it is written, shown and sent: the text of the file and the tag tables that it names.</summary>
/// <param name="Main">The configuration file.</param>
/// <param name="Tables">Tag tables by their path as seen from the file's directory, with forward slashes.</param>
public sealed record ConfigBundle(byte[] Main, IReadOnlyDictionary<string, byte[]> Tables)
{
    /// <summary>SHA-256 over file and tables, hexadecimal: two configurations of one hash are the same to the byte.</summary>
    /// <remarks>Not kept: a copy made with another text (<c>with</c>) would keep the hash of the old one.</remarks>
    public string Hash => HashOf(Main, Tables);

    /// <summary>Reads the file and every table that it names and that is there.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ConfigBundle Read(string path)
    {
        string full = Path.GetFullPath(path);
        if (!BoundedFile.TryRead(full, ConfigFile.BytesMax, out byte[] main, out string problem))
        {
            throw new IOException($"{path}: {problem}");
        }

        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string key in TableKeys(main))
        {
            if (BoundedFile.TryRead(Path.GetFullPath(key, Path.GetDirectoryName(full)!), TagTable.BytesMax, out byte[] bytes, out _))
            {
                tables[key] = bytes;
            }
        }

        return new ConfigBundle(main, tables);
    }

    /// <summary>The tables that a text names, by key; none when it is no JSON.</summary>
    public static IReadOnlyList<string> TableKeys(ReadOnlySpan<byte> main) => JsoncText.Parse(main)?.Root.Member("agent")?.Member("endpoints") is not { } endpoints
        ? []
        : [.. endpoints.Items.SelectMany(static e => e.Member("devices")?.Items ?? []).Select(static d => d.Member("tagFile")?.Text).OfType<string>()
            .Where(static t => t.Length > 0 && !t.Contains('\0')).Select(KeyOf).Distinct(StringComparer.Ordinal)];

    /// <summary>One name for every way to write a path: <c>./tables/a.csv</c> is <c>tables/a.csv</c>.</summary>
    public static string KeyOf(string path)
    {
        string normal = path.Replace('\\', '/');
        if (normal.StartsWith('/') || Path.IsPathRooted(path))
        {
            return normal;
        }

        var parts = new List<string>();
        foreach (string part in normal.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>Whether a table lies in the directory of its configuration or below.</summary>
    public static bool IsInside(string key) => key.Length > 0 && !key.StartsWith('/') && !key.Contains(':') && !key.Contains('\0') && key.Split('/')[0] != "..";

    private static string HashOf(byte[] main, IReadOnlyDictionary<string, byte[]> tables)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, main);
        foreach ((string key, byte[] bytes) in tables.OrderBy(static t => t.Key, StringComparer.Ordinal))
        {
            Add(hash, Encoding.UTF8.GetBytes(key));
            Add(hash, bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        // Lengths first, so that no byte can move from one part to the next unseen.
        static void Add(IncrementalHash into, byte[] part)
        {
            into.AppendData(BitConverter.GetBytes(part.LongLength));
            into.AppendData(part);
        }
    }
}
