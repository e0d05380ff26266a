using System.Diagnostics.CodeAnalysis;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>The nodes of a server. It is built before the server begins to serve it and does not change afterwards.</summary>
public sealed class AddressSpace
{
    private readonly Dictionary<NodeId, UaNode> _nodes = [];
    private readonly List<string> _namespaces = ["http://opcfoundation.org/UA/"];
    private readonly List<UaVariable> _historized = [];

    /// <param name="applicationUri">The server's own URI, which is namespace 1.</param>
    public AddressSpace(string applicationUri)
    {
        _namespaces.Add(applicationUri);
        StandardNodes.AddTo(this);
    }

    /// <summary>The URIs of the namespaces, by index.</summary>
    public IReadOnlyList<string> Namespaces => _namespaces;

    public int Count => _nodes.Count;

    internal IReadOnlyList<UaVariable> Historized => _historized;

    /// <summary>The folder Objects, below which everything is found.</summary>
    public UaNode Objects => _nodes[new NodeId(WellKnownNodes.ObjectsFolder)];

    public ushort AddNamespace(string uri)
    {
        _namespaces.Add(uri);
        return (ushort)(_namespaces.Count - 1);
    }

    public UaNode AddFolder(UaNode parent, NodeId id, string name) =>
        Add(parent, WellKnownNodes.Organizes, new UaNode(id, UaNodeClass.Object, name, new NodeId(WellKnownNodes.FolderType)));

    public UaNode AddObject(UaNode parent, NodeId id, string name) =>
        Add(parent, parent.TypeDefinition == new NodeId(WellKnownNodes.FolderType) ? WellKnownNodes.Organizes : WellKnownNodes.HasComponent,
            new UaNode(id, UaNodeClass.Object, name, new NodeId(WellKnownNodes.BaseObjectType)));

    /// <summary>Adds a variable, with its range as a property when it has one.</summary>
    public UaVariable AddVariable(UaNode parent, UaVariable variable)
    {
        Add(parent, parent.TypeDefinition == new NodeId(WellKnownNodes.FolderType) ? WellKnownNodes.Organizes : WellKnownNodes.HasComponent, variable);
        if (variable.Range is { } range)
        {
            DataValue value = new(Variant.From(StandardStructures.Range(range.Low, range.High)));
            NodeId id = new(variable.Id.NamespaceIndex, $"{variable.Id.Text}.EURange");
            Add(variable, WellKnownNodes.HasProperty, new UaVariable(
                id, "EURange", new NodeId(WellKnownNodes.RangeDataType), _ => value, new NodeId(WellKnownNodes.PropertyType), nameNamespace: 0));
        }
        if (variable.History is not null)
        {
            _historized.Add(variable);
        }
        return variable;
    }

    internal bool TryFind(NodeId id, [NotNullWhen(true)] out UaNode? node) => _nodes.TryGetValue(id, out node);

    /// <exception cref="ArgumentException">The id is there already.</exception>
    internal T Add<T>(UaNode? parent, uint referenceType, T node)
        where T : UaNode
    {
        _nodes.Add(node.Id, node);
        parent?.Refer(new NodeId(referenceType), node);
        return node;
    }

    /// <summary>Whether a type of references is another one or below it.</summary>
    internal bool IsSubtype(NodeId type, NodeId of)
    {
        while (type != of)
        {
            NodeId? super = TryFind(type, out UaNode? node)
                ? node.References.Find(static r => !r.IsForward && r.Type == new NodeId(WellKnownNodes.HasSubtype)).Target?.Id
                : null;
            if (super is null)
            {
                return false;
            }
            type = super.Value;
        }
        return true;
    }
}
