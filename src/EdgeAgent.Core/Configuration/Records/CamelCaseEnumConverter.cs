using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>Reads and writes an enum by its names in camel case; numbers are refused.</summary>
public sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
