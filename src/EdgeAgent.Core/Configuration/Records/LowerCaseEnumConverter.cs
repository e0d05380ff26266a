using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>Reads and writes an enum by its names in lower case, as <c>modbus</c> or <c>float32</c>; numbers are refused.</summary>
public sealed class LowerCaseEnumConverter<T>() : JsonStringEnumConverter<T>(LowerCaseNaming.Policy, allowIntegerValues: false)
    where T : struct, Enum;
