using System.Globalization;
using System.Text;
using EdgeAgent.Protocols.OpcUa;

namespace EdgeAgent.Collector.Drivers.OpcUa.Addresses;

/// <summary>Reads tag addresses; the syntax is in the driver's README.md.</summary>
internal static class TagAddressParser
{
    /// <param name="root">Put before browse paths; may be empty.</param>
    /// <param name="namespaces">Short names of namespaces.</param>
    public static bool TryParse(string text, string root, IReadOnlyDictionary<string, string> namespaces, out TagAddress address, out string problem)
    {
        address = new TagAddress(default, null, null);
        problem = "";
        bool isPath = text.StartsWith('/');
        (string node, string? range) = SplitRange(text, isPath);
        if (range is not null && !IsRange(range))
        {
            problem = $"'[{range}]' is no place in an array";
            return false;
        }
        if (isPath)
        {
            if (!TryParsePath(root + node, namespaces, out List<PathElement> path, out problem))
            {
                return false;
            }
            address = new TagAddress(default, path, range);
            return true;
        }
        if (!ExpandedNodeId.TryParse(node, out ExpandedNodeId id) || id.NodeId.IsNull || id.ServerIndex != 0)
        {
            problem = "this is no node id and no browse path";
            return false;
        }
        address = new TagAddress(id, null, range);
        return true;
    }

    // Identifiers that are texts may end in brackets themselves, as those of some controllers do: there the place must be set off by a blank.
    private static (string Node, string? Range) SplitRange(string text, bool isPath)
    {
        int open = text.EndsWith(']') ? text.LastIndexOf('[') : -1;
        bool isSetOff = open > 0 && text[open - 1] == ' ';
        bool isText = text.StartsWith("s=", StringComparison.Ordinal) || text.Contains(";s=", StringComparison.Ordinal);
        return open <= 0 || (!isSetOff && (isText || isPath)) ? (text, null) : (text[..open].TrimEnd(), text[(open + 1)..^1]);
    }

    // NumericRange of OPC 10000-4 §7.27: `2`, `0:4`, `1,0:2`.
    private static bool IsRange(string range) => range.Split(',').All(static part =>
        part.Split(':') is { Length: 1 or 2 } ends && ends.All(static end => uint.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        && (ends.Length == 1 || uint.Parse(ends[0], CultureInfo.InvariantCulture) < uint.Parse(ends[1], CultureInfo.InvariantCulture)));

    private static bool TryParsePath(string text, IReadOnlyDictionary<string, string> namespaces, out List<PathElement> path, out string problem)
    {
        path = [];
        problem = "";
        foreach (string part in Split(text))
        {
            if (!TryParseElement(part, namespaces, out PathElement element, out problem))
            {
                return false;
            }
            path.Add(element);
        }
        if (path.Count == 0)
        {
            problem = "the path names nothing";
        }
        return path.Count > 0;
    }

    // Steps are separated by '/'; '&' before a character takes its meaning away (OPC 10000-4 A.2). It is kept here for the next step.
    private static IEnumerable<string> Split(string text)
    {
        var part = new StringBuilder();
        for (int i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == '/')
            {
                yield return part.ToString();
                part.Clear();
                continue;
            }
            part.Append(text[i]);
            if (text[i] == '&' && i + 1 < text.Length)
            {
                part.Append(text[++i]);
            }
        }
    }

    private static bool TryParseElement(string part, IReadOnlyDictionary<string, string> namespaces, out PathElement element, out string problem)
    {
        element = default;
        problem = "";
        int colon = IndexOfPlain(part, ':');
        string prefix = colon < 0 ? "" : part[..colon];
        string name = Unescape(part[(colon + 1)..]);
        if (name.Length == 0)
        {
            problem = "a step of the path has no name";
            return false;
        }
        if (prefix.Length == 0 || ushort.TryParse(prefix, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            element = new PathElement(prefix.Length == 0 ? (ushort)0 : ushort.Parse(prefix, CultureInfo.InvariantCulture), null, name);
            return true;
        }
        if (!namespaces.TryGetValue(prefix, out string? uri))
        {
            problem = $"'{prefix}' is no number of a namespace and none of the short names in 'namespaces'";
            return false;
        }
        element = new PathElement(0, uri, name);
        return true;
    }

    private static int IndexOfPlain(string text, char wanted)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == wanted)
            {
                return i;
            }
            i += text[i] == '&' ? 1 : 0;
        }
        return -1;
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            i += text[i] == '&' && i + 1 < text.Length ? 1 : 0;
            plain.Append(text[i]);
        }
        return plain.ToString();
    }
}
