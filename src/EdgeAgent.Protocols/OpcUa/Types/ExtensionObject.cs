namespace EdgeAgent.Protocols.OpcUa;

/// <summary>A structure kept as it came: the id of its encoding and its bytes, for those who know the type.</summary>
public sealed class ExtensionObject(NodeId typeId, ExtensionEncoding encoding, byte[]? body) : IEquatable<ExtensionObject>
{
    /// <summary>The id of the encoding (not of the data type).</summary>
    public NodeId TypeId { get; } = typeId;

    public ExtensionEncoding Encoding { get; } = encoding;

    /// <summary>The encoded structure; null when there is none.</summary>
    public byte[]? Body { get; } = body;

    public bool Equals(ExtensionObject? other) => other is not null && TypeId == other.TypeId && Encoding == other.Encoding
        && (Body is null) == (other.Body is null) && Body.AsSpan().SequenceEqual(other.Body);

    public override bool Equals(object? obj) => Equals(obj as ExtensionObject);

    public override int GetHashCode() => HashCode.Combine(TypeId, Encoding, Body?.Length);
}
