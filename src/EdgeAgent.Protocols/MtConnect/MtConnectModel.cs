namespace EdgeAgent.Protocols.MtConnect;

/// <summary>The devices of an agent and all that they can tell.</summary>
public sealed record MtConnectModel(MtConnectHeader Header, IReadOnlyList<MtConnectDataItem> Items)
{
    public IReadOnlyList<MtConnectDevice> Devices { get; init; } = [];
}

/// <summary>A device as it describes itself; what it leaves out is empty.</summary>
public sealed record MtConnectDevice(string Name, string Uuid, string Manufacturer, string Model, string SerialNumber);
