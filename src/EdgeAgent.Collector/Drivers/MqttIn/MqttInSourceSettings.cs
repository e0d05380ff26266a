using System.ComponentModel.DataAnnotations;
using System.ComponentModel;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>Topics that are written alike.</summary>
public sealed record MqttInSourceSettings
{
    [Description("Name, for devices to refer to when there are several sources.")]
    [DefaultValue("main")]
    public string Name { get; init; } = "main";

    [Description("How messages are written: json, plain, sparkplug or chirpstack.")]
    [DefaultValue(MqttInFormat.Json), JsonConverter(typeof(LowerCaseEnumConverter<MqttInFormat>))]
    public MqttInFormat Format { get; init; }

    [Description("Topic pattern. {name} captures a level, {metric} the level that names the value, + and # match without capturing. "
        + "Has a default for sparkplug (every group) and chirpstack (every application).")]
    public string? Topic { get; init; }

    [Description("json: path of the time at which the values were taken, ISO 8601 or seconds or milliseconds since 1970; left out, the time of arrival.")]
    public string? Time { get; init; }

    [Description("Offset from UTC, in hours, of times that name no zone.")]
    [DefaultValue(8), Range(-12, 14)]
    public int UtcOffsetHours { get; init; } = 8;

    [Description("Highest quality of service asked for: 0 or 1.")]
    [DefaultValue(1), Range(0, 1)]
    public int Qos { get; init; } = 1;

    [Description("sparkplug: whether to ask a node for its birth certificates when its messages cannot be understood without them.")]
    [DefaultValue(true)]
    public bool Rebirth { get; init; } = true;
}
