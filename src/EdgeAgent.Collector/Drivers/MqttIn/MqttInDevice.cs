namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>One device, compiled.</summary>
/// <param name="Index">Number within the endpoint.</param>
/// <param name="Source">Index of its source.</param>
/// <param name="Id">What the pattern captures.</param>
internal sealed record MqttInDevice(int Index, int Source, string Id, MqttInTag[] Tags);
