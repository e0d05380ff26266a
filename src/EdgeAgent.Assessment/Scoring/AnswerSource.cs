using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>Where an answer comes from.</summary>
[JsonConverter(typeof(AnswerSourceConverter))]
public enum AnswerSource
{
    /// <summary>Nobody has answered yet; it brings no points.</summary>
    Missing,
    /// <summary>计算: from collected data.</summary>
    Computed,
    /// <summary>推导: suggested by data or ledger, and confirmed by a person.</summary>
    Derived,
    /// <summary>人工: typed, with evidence.</summary>
    Typed,
    /// <summary>计算+人工: part of the options computed, part typed.</summary>
    Mixed,
}

/// <summary>Writes sources as <c>computed</c>.</summary>
public sealed class AnswerSourceConverter() : JsonStringEnumConverter<AnswerSource>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
