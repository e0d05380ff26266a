namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>A reference as seen from the node that holds it.</summary>
internal readonly record struct UaReference(NodeId Type, bool IsForward, UaNode Target);
