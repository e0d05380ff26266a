using EdgeAgent.Store.Influx.Lines;

namespace EdgeAgent.Store.Influx;

/// <summary>Pieces of InfluxQL.</summary>
internal static class InfluxQl
{
    /// <summary>A name in double quotes.</summary>
    public static string Name(string name) => '"' + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    /// <summary>A text in single quotes.</summary>
    public static string Text(string text) => '\'' + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + '\'';

    public static string Is(string tag, string name) => $"\"{tag}\" = {Text(TagValue.Of(name))}";

    public static string Of(AgentKey agent) => $"{Is("site", agent.Site)} AND {Is("agent", agent.Agent)}";

    public static string Of(AgentKey agent, Guid incarnation) => $"{Of(agent)} AND {Is("incarnation", incarnation.ToString("N"))}";

    public static string Of(SeriesKey series) =>
        $"{Of(new AgentKey(series.Site, series.Agent))} AND {Is("device", series.Device)} AND {Is("tag", series.Tag)}";
}
