namespace EdgeAgent.Protocols.MtConnect;

/// <summary>Something that a device can tell, as <c>probe</c> describes it.</summary>
/// <param name="Device">Name of its device.</param>
/// <param name="DeviceUuid">Lasting identity of its device.</param>
/// <param name="Component">Name of the component that it belongs to; its id where it has none.</param>
/// <param name="ComponentId">Id of that component.</param>
/// <param name="Units">Empty when it has none.</param>
public sealed record MtConnectDataItem(
    string Device, string DeviceUuid, string Component, string ComponentId, string Id, string Name, string Category, string Type, string SubType, string Units);
