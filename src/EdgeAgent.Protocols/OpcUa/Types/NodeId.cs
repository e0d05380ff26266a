using System.Diagnostics.CodeAnalysis;

namespace EdgeAgent.Protocols.OpcUa;

/// <summary>Names a node within one server: a namespace index and a number, a text, a GUID or bytes.</summary>
public readonly struct NodeId : IEquatable<NodeId>
{
    private readonly object? _identifier;

    public NodeId(uint number)
        : this(0, number)
    {
    }

    public NodeId(ushort namespaceIndex, uint number)
    {
        NamespaceIndex = namespaceIndex;
        Number = number;
    }

    public NodeId(ushort namespaceIndex, string text)
        : this(namespaceIndex, NodeIdKind.String, text)
    {
    }

    public NodeId(ushort namespaceIndex, Guid guid)
        : this(namespaceIndex, NodeIdKind.Guid, guid)
    {
    }

    public NodeId(ushort namespaceIndex, byte[] opaque)
        : this(namespaceIndex, NodeIdKind.Opaque, opaque)
    {
    }

    private NodeId(ushort namespaceIndex, NodeIdKind kind, object identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        NamespaceIndex = namespaceIndex;
        Kind = kind;
        _identifier = identifier;
    }

    public ushort NamespaceIndex { get; }

    public NodeIdKind Kind { get; }

    /// <summary>The number of a numeric id; 0 for the other kinds.</summary>
    public uint Number { get; }

    /// <summary>The text of a string id; empty for the other kinds.</summary>
    public string Text => _identifier as string ?? "";

    /// <summary>The GUID of a GUID id; empty for the other kinds.</summary>
    public Guid Guid => _identifier is Guid guid ? guid : default;

    /// <summary>The bytes of an opaque id; empty for the other kinds. The id owns them.</summary>
    public ReadOnlyMemory<byte> Opaque => _identifier as byte[];

    public bool IsNull => NamespaceIndex == 0 && Number == 0 && _identifier switch
    {
        null => true,
        string text => text.Length == 0,
        Guid guid => guid == default,
        byte[] bytes => bytes.Length == 0,
        _ => false,
    };

    /// <summary>The same identifier in another namespace.</summary>
    public NodeId In(ushort namespaceIndex) => _identifier is null ? new(namespaceIndex, Number) : new(namespaceIndex, Kind, _identifier);

    /// <summary>Reads `i=2258`, `ns=2;s=Press.Count`, `ns=3;g=…` or `ns=1;b=…` (base 64).</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out NodeId id)
    {
        bool right = ExpandedNodeId.TryParse(text, out ExpandedNodeId expanded) && expanded.NamespaceUri is null && expanded.ServerIndex == 0;
        id = right ? expanded.NodeId : default;
        return right;
    }

    public bool Equals(NodeId other) => NamespaceIndex == other.NamespaceIndex && Kind == other.Kind && Number == other.Number
        && (_identifier is byte[] bytes ? bytes.AsSpan().SequenceEqual(other.Opaque.Span) : Equals(_identifier, other._identifier));

    public override bool Equals(object? obj) => obj is NodeId other && Equals(other);

    public override int GetHashCode()
    {
        if (_identifier is not byte[] bytes)
        {
            return HashCode.Combine(NamespaceIndex, Number, _identifier);
        }
        var hash = new HashCode();
        hash.Add(NamespaceIndex);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    public static bool operator ==(NodeId left, NodeId right) => left.Equals(right);

    public static bool operator !=(NodeId left, NodeId right) => !left.Equals(right);

    public override string ToString() => NodeIdText.Write(this);
}
