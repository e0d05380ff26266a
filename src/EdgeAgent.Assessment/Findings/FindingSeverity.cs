using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.Findings;

/// <summary>How much a finding weighs.</summary>
[JsonConverter(typeof(FindingSeverityConverter))]
public enum FindingSeverity
{
    /// <summary>提示: to be known; nothing is wrong by itself.</summary>
    Notice,
    /// <summary>警告: a person should look at it.</summary>
    Warning,
    /// <summary>严重: what it concerns does not count, or the report is not final until it is settled.</summary>
    Severe,
}

/// <summary>Writes severities as <c>warning</c>.</summary>
public sealed class FindingSeverityConverter() : JsonStringEnumConverter<FindingSeverity>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
