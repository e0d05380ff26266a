using System.ComponentModel;
using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>What a publisher of format json publishes.</summary>
public sealed record JsonPublishConfig
{
    [Description("What goes where; a reading takes every route that wants it.")]
    public required IReadOnlyList<JsonRouteConfig> Routes { get; init; }

    [Description("Tells whether the agent is there; nothing is told when left out.")]
    public JsonStatusConfig? Status { get; init; }

    [Description("How {timestamp} is written unless the placeholder says otherwise.")]
    [DefaultValue(JsonTimestamp.UnixMs)]
    public JsonTimestamp Timestamp { get; init; }
}

/// <summary>How an instant is written.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<JsonTimestamp>))]
public enum JsonTimestamp
{
    /// <summary>Milliseconds since 1970 in UTC.</summary>
    UnixMs,
    /// <summary>Seconds since 1970 in UTC.</summary>
    UnixS,
    /// <summary>Nanoseconds since 1970 in UTC.</summary>
    UnixNs,
    /// <summary>ISO 8601 in UTC with milliseconds.</summary>
    Iso,
}
