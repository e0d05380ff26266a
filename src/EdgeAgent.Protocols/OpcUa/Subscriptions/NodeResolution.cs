namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>The node of an item as the server numbers it in this session, or why there is none.</summary>
public readonly record struct NodeResolution(NodeId NodeId, StatusCode Status = default);
