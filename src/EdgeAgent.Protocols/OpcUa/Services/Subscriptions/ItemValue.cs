namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>A value of a monitored item, as a notification carries it (OPC 10000-4 §7.25.2).</summary>
internal readonly record struct ItemValue(uint ClientHandle, DataValue Value);
