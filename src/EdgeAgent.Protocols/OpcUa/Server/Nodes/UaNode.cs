namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>A node of a server's address space.</summary>
public class UaNode
{
    private readonly List<UaReference> _references = [];

    /// <param name="name">The browse name without its namespace, which is that of the id unless told otherwise.</param>
    public UaNode(NodeId id, UaNodeClass nodeClass, string name, NodeId typeDefinition = default, ushort? nameNamespace = null)
    {
        Id = id;
        Class = nodeClass;
        BrowseName = new QualifiedName(nameNamespace ?? id.NamespaceIndex, name);
        TypeDefinition = typeDefinition;
    }

    public NodeId Id { get; }

    public UaNodeClass Class { get; }

    public QualifiedName BrowseName { get; }

    public string? Description { get; init; }

    /// <summary>The type of an object or variable; null for other nodes.</summary>
    public NodeId TypeDefinition { get; }

    internal List<UaReference> References => _references;

    /// <summary>Adds a reference to another node, and its inverse there.</summary>
    internal void Refer(NodeId referenceType, UaNode target)
    {
        _references.Add(new UaReference(referenceType, true, target));
        target._references.Add(new UaReference(referenceType, false, this));
    }
}
