using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Drivers.Modbus;

/// <summary>Reads a framing by its name: mbap, rtu or ascii.</summary>
public sealed class FramingConverter() : JsonStringEnumConverter<ModbusFraming>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
