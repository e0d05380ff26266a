using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>One topic, or a family of them, and what is sent there.</summary>
public sealed record JsonRouteConfig
{
    [Description("Topic with placeholders, for instance plant/{site}/{device}/{tag}.")]
    public required string Topic { get; init; }

    [Description("tag: a message for each reading; device: one for the readings of a device; group: one for the readings of all devices of the route.")]
    [DefaultValue(JsonMessagePer.Tag)]
    public JsonMessagePer Per { get; init; }

    [Description("Name that {group} stands for.")]
    [DefaultValue("")]
    public string Group { get; init; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [Description("The message, with placeholders in its texts; a default when left out.")]
    public JsonElement Payload { get; init; }

    [Description("Quality of service.")]
    [DefaultValue(1), Range(0, 2)]
    public int Qos { get; init; } = 1;

    [Description("Whether the broker keeps the last message of each topic.")]
    [DefaultValue(false)]
    public bool Retain { get; init; }

    [Description("Only devices with one of these names; * stands for any text, ? for one character.")]
    public IReadOnlyList<string> Devices { get; init; } = [];

    [Description("Only tags with one of these names; * stands for any text, ? for one character.")]
    public IReadOnlyList<string> Tags { get; init; } = [];

    [Description("Leaves out readings without a value.")]
    [DefaultValue(false)]
    public bool GoodOnly { get; init; }

    [Description("Most readings of one message per device or group.")]
    [DefaultValue(1_000), Range(1, 100_000)]
    public int ReadingsPerMessageMax { get; init; } = 1_000;
}

/// <summary>What one message is about.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<JsonMessagePer>))]
public enum JsonMessagePer
{
    /// <summary>One reading.</summary>
    Tag,
    /// <summary>The readings of one device.</summary>
    Device,
    /// <summary>The readings of all devices that the route lets through.</summary>
    Group,
}
