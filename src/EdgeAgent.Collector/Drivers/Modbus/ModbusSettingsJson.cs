using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Collector.Drivers.Modbus;

/// <summary>Source-generated JSON of the driver's settings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(ModbusEndpointSettings))]
[JsonSerializable(typeof(ModbusDeviceSettings))]
public sealed partial class ModbusSettingsJson : JsonSerializerContext;
