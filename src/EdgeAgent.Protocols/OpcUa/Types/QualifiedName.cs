namespace EdgeAgent.Protocols.OpcUa;

/// <summary>A name within a namespace, such as the browse name of a node.</summary>
public readonly record struct QualifiedName(ushort NamespaceIndex, string? Name)
{
    public override string ToString() => NamespaceIndex == 0 ? Name ?? "" : $"{NamespaceIndex}:{Name}";
}
