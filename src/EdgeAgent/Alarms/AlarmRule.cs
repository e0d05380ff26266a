using System.ComponentModel;
using System.Text.Json.Serialization;

namespace EdgeAgent.Alarms;

/// <summary>What a rule looks at.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlarmKind>))]
internal enum AlarmKind
{
    /// <summary>A value above or below a limit.</summary>
    [JsonStringEnumMemberName("limit")]
    Limit,

    /// <summary>A value that changes too fast.</summary>
    [JsonStringEnumMemberName("rate")]
    Rate,

    /// <summary>No good reading for a while.</summary>
    [JsonStringEnumMemberName("silence")]
    Silence,

    /// <summary>A device that is not online.</summary>
    [JsonStringEnumMemberName("offline")]
    Offline,

    /// <summary>An agent whose buffer holds readings older than a while.</summary>
    [JsonStringEnumMemberName("buffer")]
    Buffer,

    /// <summary>A store that does not answer.</summary>
    [JsonStringEnumMemberName("store")]
    Store,
}

/// <summary>How bad it is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlarmSeverity>))]
internal enum AlarmSeverity
{
    [JsonStringEnumMemberName("info")]
    Info,
    [JsonStringEnumMemberName("warning")]
    Warning,
    [JsonStringEnumMemberName("critical")]
    Critical,
}

/// <summary>One rule; it watches everything that its names fit.</summary>
internal sealed record AlarmRule
{
    [Description("Unique among the rules; letters, digits, '-', '_' and '.'.")]
    public required string Id { get; init; }

    [Description("For people.")]
    public required string Name { get; init; }

    public required AlarmKind Kind { get; init; }

    public AlarmSeverity Severity { get; init; } = AlarmSeverity.Warning;

    public bool Enabled { get; init; } = true;

    [Description("Agents that it watches; * stands for any text.")]
    public string Agent { get; init; } = "*";

    [Description("Devices that it watches; * stands for any text.")]
    public string Device { get; init; } = "*";

    [Description("Tags that it watches, for limit and rate; for silence, empty watches the device as a whole.")]
    public string Tag { get; init; } = "";

    [Description("limit: raised above this.")]
    public double? High { get; init; }

    [Description("limit: raised below this.")]
    public double? Low { get; init; }

    [Description("limit: how far the value must come back before it is over.")]
    public double Hysteresis { get; init; }

    [Description("rate: raised when the value changes by more than this within a minute.")]
    public double? PerMinute { get; init; }

    [Description("silence, buffer and store: for how long; rate: over how long the change is measured.")]
    public double? Seconds { get; init; }

    [Description("How long it must hold before it is raised.")]
    public double OnDelaySeconds { get; init; }

    [Description("How long it must be over before it is cleared.")]
    public double OffDelaySeconds { get; init; }

    [Description("Names of the channels that are told.")]
    public IReadOnlyList<string> Notify { get; init; } = [];
}
