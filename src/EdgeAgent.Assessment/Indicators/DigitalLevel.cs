using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>How well an asset's being digital is shown; each level includes the ones before it (rule R2).</summary>
[JsonConverter(typeof(DigitalLevelConverter))]
public enum DigitalLevel
{
    None,
    /// <summary>The ledger names a basis, without evidence that holds at the report instant.</summary>
    Declared,
    /// <summary>The ledger names a basis and evidence.</summary>
    Evidenced,
    /// <summary>Its own controller answered in the window.</summary>
    Observed,
}

/// <summary>Writes levels as <c>evidenced</c>.</summary>
public sealed class DigitalLevelConverter() : JsonStringEnumConverter<DigitalLevel>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
