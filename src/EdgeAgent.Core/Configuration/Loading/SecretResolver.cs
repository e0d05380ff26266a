using System.Text;
using System.Text.Json;

namespace EdgeAgent.Core.Configuration;

/// <summary>Replaces <c>${env:NAME}</c> and <c>${file:PATH}</c> in texts. What it puts in never gets into a message.</summary>
/// <param name="directory">Relative paths start here.</param>
/// <param name="environment">Looks up an environment variable.</param>
/// <param name="isNeeded">Where a reference that leads nowhere is an error; elsewhere the reference stays as it is written.</param>
internal sealed class SecretResolver(string directory, Func<string, string?> environment, Func<ConfigPath, bool> isNeeded, ConfigErrors errors)
{
    /// <summary>A secret is a word, not a document.</summary>
    private const int FileBytesMax = 64 << 10;

    private readonly List<string> _files = [];

    /// <summary>The files that secrets were read from, absolute.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>A copy of the node with every text resolved.</summary>
    public ConfigNode Resolve(ConfigNode node, ConfigPath path)
    {
        switch (node.Kind)
        {
            case JsonValueKind.String:
                return node.Text.Contains("${", StringComparison.Ordinal) ? node with { Text = Resolve(node.Text, path) } : node;
            case JsonValueKind.Object:
                return node with { Members = node.Members.ConvertAll(m => m with { Value = Resolve(m.Value, path.Member(m.Name)) }) };
            case JsonValueKind.Array:
                return node with { Items = [.. node.Items.Select((item, i) => Resolve(item, path.Index(i)))] };
            default:
                return node;
        }
    }

    private string Resolve(string text, ConfigPath path)
    {
        var result = new StringBuilder();
        int position = 0;
        int before = errors.Total;
        while (text.IndexOf("${", position, StringComparison.Ordinal) is >= 0 and var start)
        {
            result.Append(text, position, start - position);
            if (start > 0 && text[start - 1] == '$')
            {
                // "$${" is how a text says "${" itself.
                result.Append('{');
                position = start + 2;
                continue;
            }

            int end = text.IndexOf('}', start);
            if (end < 0)
            {
                errors.Add(path, "'${' without '}'", "${env:NAME} or ${file:PATH}", "close it, or write $${ for the characters themselves");
                break;
            }

            result.Append(Lookup(text[(start + 2)..end], path));
            position = end + 1;
        }

        if (errors.Total > before)
        {
            errors.Mute(path);
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    private string Lookup(string reference, ConfigPath path)
    {
        int colon = reference.IndexOf(':');
        string scheme = colon < 0 ? reference : reference[..colon];
        string name = colon < 0 ? "" : reference[(colon + 1)..];
        switch (scheme)
        {
            case "env" when name.Length > 0:
                if (environment(name) is { Length: > 0 } value)
                {
                    errors.Hide(value);
                    return value;
                }

                return Missing(reference, path, $"environment variable {name} is not set", "a value for the secret", $"set {name} before the start, for instance in the service's EnvironmentFile");
            case "file" when name.Length > 0:
                return ReadFile(reference, name, path);
            default:
                errors.Add(path, "unknown reference in ${…}", "${env:NAME} or ${file:PATH}", "check the spelling, or write $${ for the characters themselves");
                return "";
        }
    }

    /// <summary>A person who approves an agent has no business with the broker's password, and often not the right to read it.</summary>
    private string Missing(string reference, ConfigPath path, string problem, string expected, string tryNext)
    {
        if (!isNeeded(path))
        {
            return $"${{{reference}}}";
        }

        errors.Add(path, problem, expected, tryNext);
        return "";
    }

    private string ReadFile(string reference, string name, ConfigPath path)
    {
        // A NUL cannot be in a path; left as it is, opening the file reports it.
        string file = name.Contains('\0') ? name : Path.GetFullPath(name, directory);
        _files.Add(file);
        if (!BoundedFile.TryRead(file, FileBytesMax, out byte[] bytes, out string problem))
        {
            return Missing(reference, path, $"{name}: {problem}", "a file that holds the secret", "create it, readable by the service only");
        }

        string secret = Encoding.UTF8.GetString(bytes).TrimEnd('\r', '\n');
        if (secret.Length == 0)
        {
            return Missing(reference, path, $"file {name} is empty", "a file that holds the secret", "write the secret into it");
        }

        errors.Hide(secret);
        return secret;
    }
}
