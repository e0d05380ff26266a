using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>The form in which a publisher sends.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<PublishFormat>))]
public enum PublishFormat
{
    /// <summary>Signed columnar batches for a hub.</summary>
    Batch,
    /// <summary>A Sparkplug B edge node.</summary>
    Sparkplug,
    /// <summary>JSON by templates.</summary>
    Json,
}
