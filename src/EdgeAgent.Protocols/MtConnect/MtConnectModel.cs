namespace EdgeAgent.Protocols.MtConnect;

/// <summary>The devices of an agent and all that they can tell.</summary>
public sealed record MtConnectModel(MtConnectHeader Header, IReadOnlyList<MtConnectDataItem> Items);
