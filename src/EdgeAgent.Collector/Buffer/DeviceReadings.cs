namespace EdgeAgent.Collector.Buffer;

/// <param name="Device">The device's name.</param>
/// <param name="Readings">Its readings in a batch.</param>
public readonly record struct DeviceReadings(string Device, long Readings);
