using System.Text.Json;

namespace EdgeAgent.Store.Influx;

/// <summary>Takes the JSON of a query's answer apart.</summary>
internal static class InfluxAnswer
{
    /// <exception cref="StoreUnavailableException">The answer is an error.</exception>
    public static void Visit(JsonElement answer, string query, Action<InfluxRow> visit)
    {
        ThrowOnError(answer, query);
        if (!answer.TryGetProperty("results", out JsonElement results))
        {
            return;
        }

        foreach (JsonElement result in results.EnumerateArray())
        {
            ThrowOnError(result, query);
            if (!result.TryGetProperty("series", out JsonElement series))
            {
                continue;
            }

            foreach (JsonElement one in series.EnumerateArray())
            {
                VisitSeries(one, visit);
            }
        }
    }

    private static void VisitSeries(JsonElement series, Action<InfluxRow> visit)
    {
        string measurement = series.TryGetProperty("name", out JsonElement name) ? name.GetString() ?? "" : "";
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (series.TryGetProperty("tags", out JsonElement tagSet))
        {
            foreach (JsonProperty tag in tagSet.EnumerateObject())
            {
                tags[tag.Name] = tag.Value.GetString() ?? "";
            }
        }

        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonElement column in series.GetProperty("columns").EnumerateArray())
        {
            columns[column.GetString() ?? ""] = columns.Count;
        }

        if (series.TryGetProperty("values", out JsonElement rows))
        {
            foreach (JsonElement row in rows.EnumerateArray())
            {
                visit(new InfluxRow(measurement, tags, columns, row));
            }
        }
    }

    private static void ThrowOnError(JsonElement element, string query)
    {
        if (element.TryGetProperty("error", out JsonElement error))
        {
            throw new StoreUnavailableException($"InfluxDB refuses the query {query}: {error.GetString()}");
        }
    }
}
