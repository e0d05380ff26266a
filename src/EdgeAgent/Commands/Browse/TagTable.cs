using EdgeAgent.Protocols.OpcUa;

namespace EdgeAgent.Commands.Browse;

/// <summary>Prints variables as a table of tags that a configuration takes as it is. Namespaces are given by URI, so that the table survives a server that renumbers them.</summary>
internal static class TagTable
{
    public static void Write(TextWriter output, NodeWalk walk, int space, IReadOnlyList<string?> namespaces)
    {
        output.WriteLine("name,address,type");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (BrowsedNode node in walk.Nodes)
        {
            if (node.IsVariable && (space == NodeWalk.EveryNamespace || node.Id.NamespaceIndex == space) && TypeOf(node.Value.Value) is { } type)
            {
                output.WriteLine($"{Cell(Unique(node.Path, names))},{Cell(AddressOf(node.Id, namespaces))},{type}");
            }
        }
    }

    /// <summary>Namespaces by URI, so that the address survives a server that renumbers them.</summary>
    public static string AddressOf(NodeId id, IReadOnlyList<string?> namespaces) => id.NamespaceIndex > 0 && id.NamespaceIndex < namespaces.Count
        ? new ExpandedNodeId(id.In(0), namespaces[id.NamespaceIndex]).ToString() : id.ToString();

    /// <summary>The type of a tag for a value; null for what is no single value and so no tag. Elements of arrays are added by hand.</summary>
    public static string? TypeOf(in Variant value) => value.IsArray ? null : value.Type switch
    {
        BuiltInType.Boolean => "bool",
        BuiltInType.SByte or BuiltInType.Int16 or BuiltInType.Int32 or BuiltInType.Int64 => "int64",
        BuiltInType.Byte or BuiltInType.UInt16 or BuiltInType.UInt32 or BuiltInType.UInt64 => "uint64",
        BuiltInType.Float => "float32",
        BuiltInType.Double => "float64",
        BuiltInType.String or BuiltInType.LocalizedText or BuiltInType.DateTime or BuiltInType.Guid => "string",
        BuiltInType.ByteString => "bytes",
        _ => null,
    };

    private static string Unique(string name, HashSet<string> names)
    {
        string unique = name;
        for (int i = 2; !names.Add(unique); i++)
        {
            unique = $"{name}#{i}";
        }
        return unique;
    }

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n;") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
