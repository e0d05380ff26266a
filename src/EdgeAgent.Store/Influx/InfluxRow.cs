using System.Text.Json;

namespace EdgeAgent.Store.Influx;

/// <summary>One row of a query's result, read by column name. Valid only while it is being visited.</summary>
internal readonly struct InfluxRow(string measurement, Dictionary<string, string> tags, Dictionary<string, int> columns, JsonElement values)
{
    public string Measurement { get; } = measurement;

    /// <summary>Time in nanoseconds.</summary>
    public long Time => values[columns["time"]].GetInt64();

    public string Tag(string name) => tags.TryGetValue(name, out string? value) ? value : "";

    public long? Int64(string column) => Find(column) is { ValueKind: JsonValueKind.Number } v ? v.TryGetInt64(out long exact) ? exact : (long)v.GetDouble() : null;

    public double? Double(string column) => Find(column) is { ValueKind: JsonValueKind.Number } v ? v.GetDouble() : null;

    public bool? Boolean(string column) => Find(column) is { ValueKind: JsonValueKind.True or JsonValueKind.False } v ? v.GetBoolean() : null;

    public string? Text(string column) => Find(column) is { ValueKind: JsonValueKind.String } v ? v.GetString() : null;

    private JsonElement? Find(string column) => columns.TryGetValue(column, out int index) ? values[index] : null;
}
