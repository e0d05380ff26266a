using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>From which severity on something is logged.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LogLevelName>))]
public enum LogLevelName
{
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
    None,
}
