using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite;

/// <summary>Hourly sums of all series of a site: from the summaries of chunks, and from the tail of batches not yet folded into them.</summary>
internal sealed class SeriesHourReader(ReaderPool.Reader reader, string? site, int fromHour, int toHour)
{
    private readonly Dictionary<int, SeriesKey> _series = RowReaders.Series(reader.Database, site)
        .Where(s => s.Info.Kind is ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float32 or ValueKind.Float64)
        .ToDictionary(s => s.Id, s => s.Info.Key);

    private readonly Dictionary<(int Series, int Hour), Sum> _sums = [];

    /// <summary>Call inside a read transaction, so that no reading is seen in the tail and in a part, or in neither.</summary>
    public List<SeriesHour> Read()
    {
        Statement rows = reader.Database.Sql(
            "SELECT series_id, hour, numbers, min, max, sum FROM chunks WHERE series_id = ? AND hour >= ? AND hour < ? AND numbers > 0 ORDER BY hour, part");
        foreach (int id in _series.Keys)
        {
            rows.Bind(1, id).Bind(2, fromHour).Bind(3, toHour);
            while (rows.Step())
            {
                Add(id, rows.Int32(1), new Sum(rows.Int32(2), rows.Double(3), rows.Double(4), rows.Double(5)));
            }
        }

        AddTail();
        return [.. _sums.OrderBy(s => s.Key.Series).ThenBy(s => s.Key.Hour)
            .Select(s => new SeriesHour(_series[s.Key.Series], s.Key.Hour, s.Value.Count, s.Value.Min, s.Value.Max, s.Value.Total))];
    }

    private void AddTail()
    {
        (long fromTicks, long toTicks) = (fromHour * UnixTicks.PerHour, toHour * UnixTicks.PerHour);
        reader.Tail.Visit(reader.Database, reader.Catalogue, StoreMaintenance.FoldedUpTo(reader.Database), long.MaxValue, fromTicks, toTicks, (batch, map, _) =>
        {
            foreach (ref readonly Reading reading in batch.Readings.Readings)
            {
                int id = map.SeriesIds[reading.TagId];
                double number = reading.SourceTicks >= fromTicks && reading.SourceTicks < toTicks && reading.Quality.IsGood ? reading.ToDouble() : double.NaN;
                if (!double.IsNaN(number) && _series.ContainsKey(id))
                {
                    Add(id, UnixTicks.HourOf(reading.SourceTicks), new Sum(1, number, number, number));
                }
            }
        });
    }

    private void Add(int series, int hour, in Sum more) =>
        _sums[(series, hour)] = _sums.TryGetValue((series, hour), out Sum sum)
            ? new Sum(sum.Count + more.Count, Math.Min(sum.Min, more.Min), Math.Max(sum.Max, more.Max), sum.Total + more.Total)
            : more;

    private readonly record struct Sum(int Count, double Min, double Max, double Total);
}
