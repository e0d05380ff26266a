using System.Text.Json.Serialization;

namespace EdgeAgent.Alarms;

/// <summary>One alarm from when to when, and who took note of it.</summary>
/// <param name="Id">Grows with every alarm.</param>
/// <param name="RuleName">As it was when the alarm was raised.</param>
/// <param name="Agent">Empty for the store.</param>
/// <param name="Device">Empty for agents and the store.</param>
/// <param name="Tag">Empty for devices, agents and the store.</param>
/// <param name="RaisedAt">When the condition began to hold, plus the delay.</param>
/// <param name="Value">The value or the number of seconds at that moment; null where there is none.</param>
/// <param name="Limit">What it was held against; null where there is none.</param>
/// <param name="AcknowledgedBy">Null as long as nobody did.</param>
internal sealed record AlarmRecord(
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] long Id, string Rule, string RuleName, AlarmKind Kind, AlarmSeverity Severity, string Agent, string Device, string Tag, string Unit,
    DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt, double? Value, double? Limit, string? AcknowledgedBy, DateTimeOffset? AcknowledgedAt, string? Comment)
{
    public bool IsActive => ClearedAt is null;

    /// <summary>For callers without a login: that somebody took note stays, who and with which words does not.</summary>
    public AlarmRecord WithoutPeople() => this with { AcknowledgedBy = AcknowledgedBy is null ? null : "", Comment = null };

    /// <summary>Whether somebody still has to look at it.</summary>
    public bool IsOpen => IsActive || AcknowledgedBy is null;
}
