using System.Globalization;

namespace EdgeAgent.Protocols.OpcUa;

/// <summary>The text syntax of node ids: `svr=`, then `ns=` or `nsu=`, then `i=`, `s=`, `g=` or `b=`, set apart by semicolons.</summary>
internal static class NodeIdText
{
    public static string Write(NodeId id)
    {
        string text = id.Kind switch
        {
            NodeIdKind.String => "s=" + id.Text,
            NodeIdKind.Guid => "g=" + id.Guid,
            NodeIdKind.Opaque => "b=" + Convert.ToBase64String(id.Opaque.Span),
            _ => string.Create(CultureInfo.InvariantCulture, $"i={id.Number}"),
        };
        return id.NamespaceIndex == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"ns={id.NamespaceIndex};{text}");
    }

    public static string Write(ExpandedNodeId id)
    {
        string server = id.ServerIndex == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"svr={id.ServerIndex};");
        return id.NamespaceUri is null
            ? server + Write(id.NodeId)
            : $"{server}nsu={Escape(id.NamespaceUri)};{Write(id.NodeId.In(0))}";
    }

    public static bool TryRead(ReadOnlySpan<char> text, out ExpandedNodeId id)
    {
        id = default;
        uint server = 0;
        ushort index = 0;
        string? uri = null;
        if (TryTake(ref text, "svr=", out ReadOnlySpan<char> part) && !uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out server))
        {
            return false;
        }
        if (TryTake(ref text, "nsu=", out part))
        {
            uri = Unescape(part);
            if (uri.Length == 0)
            {
                return false;
            }
        }
        else if (TryTake(ref text, "ns=", out part) && !ushort.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out index))
        {
            return false;
        }
        if (!TryReadIdentifier(text, index, out NodeId inner))
        {
            return false;
        }
        id = new ExpandedNodeId(inner, uri, server);
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<char> text, string name, out ReadOnlySpan<char> part)
    {
        int end = text.IndexOf(';');
        if (end < 0 || !text.StartsWith(name, StringComparison.Ordinal))
        {
            part = default;
            return false;
        }
        part = text[name.Length..end];
        text = text[(end + 1)..];
        return true;
    }

    private static bool TryReadIdentifier(ReadOnlySpan<char> text, ushort index, out NodeId id)
    {
        id = default;
        if (text.Length < 2 || text[1] != '=')
        {
            return false;
        }
        ReadOnlySpan<char> value = text[2..];
        switch (text[0])
        {
            case 'i' when uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out uint number):
                id = new NodeId(index, number);
                return true;
            case 's':
                id = new NodeId(index, value.ToString());
                return true;
            case 'g' when Guid.TryParse(value, out Guid guid):
                id = new NodeId(index, guid);
                return true;
            case 'b':
                byte[] bytes = new byte[value.Length];
                if (!Convert.TryFromBase64Chars(value, bytes, out int count))
                {
                    return false;
                }
                id = new NodeId(index, bytes[..count]);
                return true;
            default:
                return false;
        }
    }

    // A semicolon would end the URI, and the percent sign marks what was escaped (OPC 10000-6 §5.1.12).
    private static string Escape(string uri) => uri.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);

    private static string Unescape(ReadOnlySpan<char> uri) => uri.ToString()
        .Replace("%3B", ";", StringComparison.OrdinalIgnoreCase).Replace("%25", "%", StringComparison.Ordinal);
}
