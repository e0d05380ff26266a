using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>How a log line looks.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<LogFormat>))]
public enum LogFormat
{
    /// <summary>For people.</summary>
    Text,
    /// <summary>One JSON object a line, for collectors of logs.</summary>
    Json,
}
