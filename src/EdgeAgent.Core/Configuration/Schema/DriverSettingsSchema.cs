using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Core.Configuration;

/// <summary>What a driver adds to the JSON Schema: the records of its endpoint and device settings.</summary>
/// <param name="Driver">The driver's name as in <see cref="EndpointConfig.Driver"/>.</param>
/// <param name="EndpointSettings">From the driver's source-generated context.</param>
/// <param name="DeviceSettings">From the driver's source-generated context.</param>
public sealed record DriverSettingsSchema(string Driver, JsonTypeInfo EndpointSettings, JsonTypeInfo DeviceSettings);
