namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>What kind of node a node is; the numbers are those on the wire (OPC 10000-3 §8.29).</summary>
public enum UaNodeClass
{
    Object = 1,
    Variable = 2,
    Method = 4,
    ObjectType = 8,
    VariableType = 16,
    ReferenceType = 32,
    DataType = 64,
    View = 128,
}
