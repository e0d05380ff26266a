using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>Where a publisher of format json tells whether the agent is there.</summary>
public sealed record JsonStatusConfig
{
    [Description("Topic with {site} and {agent}, for instance plant/{site}/{agent}/status.")]
    public required string Topic { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [Description("Sent after each connect, as it stands here; { \"online\": true } when left out. A text is sent without its quotes.")]
    public JsonElement Online { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [Description("Sent before the agent leaves, and by the broker when the agent vanishes (its will); { \"online\": false } when left out.")]
    public JsonElement Offline { get; init; }

    [Description("Quality of service.")]
    [DefaultValue(1), Range(0, 2)]
    public int Qos { get; init; } = 1;

    [Description("Whether the broker keeps the last state for whoever subscribes later.")]
    [DefaultValue(true)]
    public bool Retain { get; init; } = true;
}
