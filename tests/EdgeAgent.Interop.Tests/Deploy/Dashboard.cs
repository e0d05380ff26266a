using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Deploy;

/// <summary>One dashboard file: its queries, as Grafana would send them for a time range with all variables at "All".</summary>
internal sealed partial class Dashboard
{
    private readonly JsonElement _root;

    private Dashboard(string name, JsonElement root) => (Name, _root) = (name, root);

    public string Name { get; }

    public static IReadOnlyList<Dashboard> ReadAll(string store) =>
        [.. Directory.GetFiles(RepositoryRoot.Combine("deploy", "grafana", store), "*.json").Order(StringComparer.Ordinal)
            .Select(file => new Dashboard(Path.GetFileName(file), JsonDocument.Parse(File.ReadAllText(file)).RootElement))];

    public string Uid => _root.GetProperty("uid").GetString()!;

    public IEnumerable<string> Panels => _root.GetProperty("panels").EnumerateArray().Select(panel => panel.GetProperty("title").GetString()!);

    /// <summary>Panel and query.</summary>
    public IEnumerable<(string Panel, string Query)> Queries(string member) =>
        from panel in _root.GetProperty("panels").EnumerateArray()
        from target in panel.GetProperty("targets").EnumerateArray()
        select (panel.GetProperty("title").GetString()!, target.GetProperty(member).GetString()!);

    /// <summary>Variables that ask the store for their values.</summary>
    public IEnumerable<(string Name, string Query)> Variables =>
        from variable in _root.GetProperty("templating").GetProperty("list").EnumerateArray()
        where variable.GetProperty("type").GetString() == "query"
        select (variable.GetProperty("name").GetString()!, variable.GetProperty("query").GetString()!);

    public string InfluxQl(string query, long fromMs, long toMs, string ledger) => RequireExpanded(query
        .Replace("$timeFilter", $"time >= {fromMs}ms and time <= {toMs}ms", StringComparison.Ordinal)
        .Replace("$__interval", "1m", StringComparison.Ordinal)
        .Replace("${ledger:raw}", ledger, StringComparison.Ordinal)
        .Replace("/^$site$/", "/^.*$/", StringComparison.Ordinal)
        .Replace("/^$device$/", "/^.*$/", StringComparison.Ordinal));

    public string Sql(string query, long fromMs, long toMs, string schema, string sites, string devices) => RequireExpanded(
        TimeGroup().Replace(TimeFilter().Replace(query, m => $"{m.Groups[1].Value} BETWEEN to_timestamp({fromMs / 1000}) AND to_timestamp({toMs / 1000})"), m => $"to_timestamp(floor(extract(epoch from {m.Groups[1].Value}) / 60) * 60)")
        .Replace("$__unixEpochFrom()", $"{fromMs / 1000}", StringComparison.Ordinal)
        .Replace("$__unixEpochTo()", $"{toMs / 1000}", StringComparison.Ordinal)
        .Replace("$site", sites, StringComparison.Ordinal)
        .Replace("$device", devices, StringComparison.Ordinal)
        .Replace("edgeagent.", schema + ".", StringComparison.Ordinal));

    private string RequireExpanded(string query)
    {
        Assert.False(query.Contains("$_", StringComparison.Ordinal) || query.Contains("${", StringComparison.Ordinal), $"{Name}: a macro that the test does not know: {query}");
        return query;
    }

    [GeneratedRegex(@"\$__timeFilter\((\w+)\)")]
    private static partial Regex TimeFilter();

    [GeneratedRegex(@"\$__timeGroup\((\w+), \$__interval\)")]
    private static partial Regex TimeGroup();
}
