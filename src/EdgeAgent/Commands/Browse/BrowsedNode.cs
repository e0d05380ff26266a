using EdgeAgent.Protocols.OpcUa;

namespace EdgeAgent.Commands.Browse;

/// <summary>A node that was found, and what is below it.</summary>
/// <param name="Path">The browse names from the start, joined with dots.</param>
internal sealed record BrowsedNode(NodeId Id, string Name, string Path, int NodeClass, int Level)
{
    private const int VariableClass = 2;

    public bool IsVariable => NodeClass == VariableClass;

    public List<BrowsedNode> Children { get; } = [];

    /// <summary>Of a variable, as it was read.</summary>
    public DataValue Value { get; set; }

    /// <summary>Whether anything of this namespace is here or below.</summary>
    public bool Holds(int space) => space == NodeWalk.EveryNamespace || Id.NamespaceIndex == space || Children.Exists(child => child.Holds(space));
}
