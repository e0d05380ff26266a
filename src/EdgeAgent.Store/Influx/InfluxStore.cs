using System.Globalization;
using EdgeAgent.Core.Model;
using EdgeAgent.Store.Influx.Lines;

namespace EdgeAgent.Store.Influx;

/// <summary>The store in InfluxDB, over its HTTP API. README.md beside it tells the measurements and what is promised.</summary>
public sealed class InfluxStore : ITimeSeriesStore
{
    private const int VisitBlockHours = 24;

    private readonly InfluxHttp _http;
    private readonly InfluxSetup _setup;
    private readonly RefusedLines _refused;
    private readonly InfluxDefinitions _definitions;
    private readonly InfluxLedger _ledger;
    private readonly InfluxLosses _losses;
    private readonly InfluxAppender _appender;
    private readonly InfluxRanges _ranges;
    private readonly InfluxOverview _overview;
    private readonly SemaphoreSlim _writeGate = new(1);
    private long _duplicates;
    private bool _ready;

    public InfluxStore(InfluxOptions options, TimeProvider time)
    {
        _http = new InfluxHttp(options, time);
        _setup = new InfluxSetup(_http, options);
        _refused = new RefusedLines(options.RefusedDirectory, time);
        _definitions = new InfluxDefinitions(_http);
        _losses = new InfluxLosses(_http);
        _ledger = new InfluxLedger(_http, options, _refused, _losses);
        _appender = new InfluxAppender(_http, options, _refused, _definitions, time);
        _ranges = new InfluxRanges(_http);
        _overview = new InfluxOverview(_http, _losses);
    }

    /// <summary>Lines that the server refused since the start: beyond its retention, or a field of another type. Their batches are kept whole as evidence.</summary>
    public long RefusedLines => _refused.Count;

    /// <summary>Readings since the start whose value InfluxDB cannot express; their quality is there.</summary>
    public long NotRepresentable => _appender.NotRepresentable;

    public async ValueTask InitializeAsync(CancellationToken cancellation)
    {
        await _writeGate.WaitAsync(cancellation);
        try
        {
            if (!_ready)
            {
                await _setup.RunAsync(cancellation);
                _ready = true;
            }
        }
        finally
        {
            _writeGate.Release();
        }
    }

    public async ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<StoredBatch> batches, CancellationToken cancellation)
    {
        await _writeGate.WaitAsync(cancellation);
        try
        {
            (AppendOutcome[] outcomes, List<StoredBatch> fresh) = await SortOutAsync(batches, cancellation);
            foreach (var chain in fresh.GroupBy(b => (b.Agent, b.Incarnation)))
            {
                await _ledger.ReopenAsync(chain.Key.Agent, chain.Key.Incarnation, [.. chain.Select(b => b.Sequence)], cancellation);
            }

            await _appender.WriteAsync(fresh, cancellation);
            Interlocked.Add(ref _duplicates, outcomes.LongCount(o => o == AppendOutcome.Duplicate));
            return outcomes;
        }
        finally
        {
            _writeGate.Release();
        }
    }

    public async ValueTask<PlantDefinition?> FindDefinitionAsync(AgentKey agent, ReadOnlyMemory<byte> configHash, CancellationToken cancellation) =>
        await _definitions.FindAsync(agent, configHash, cancellation);

    public async ValueTask<SequenceRecord> ReadSequencesAsync(AgentKey agent, Guid incarnation, CancellationToken cancellation) =>
        await _ledger.ReadSequencesAsync(agent, incarnation, cancellation);

    public async ValueTask<IReadOnlyList<Guid>> ListIncarnationsAsync(AgentKey agent, CancellationToken cancellation) =>
        (await _ledger.ListAsync(agent, new Dictionary<(string, string), AgentKey>(), cancellation)).ConvertAll(i => i.Incarnation);

    public async ValueTask<byte[]?> FindBatchHashAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation) =>
        (await _ledger.FindHashesAsync(agent, incarnation, [sequence], cancellation)).TryGetValue(sequence, out string? hash) ? Convert.FromHexString(hash) : null;

    public async ValueTask<byte[]?> ReadBatchAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation) =>
        await _ledger.ReadBatchAsync(agent, incarnation, sequence, cancellation);

    public async ValueTask<IReadOnlyList<AgentKey>> ListAgentsAsync(CancellationToken cancellation) =>
        [.. (await _ledger.ListAsync(null, (await NamesAsync(null, cancellation)).Agents, cancellation)).Select(i => i.Agent).Distinct()];

    public async ValueTask<IReadOnlyList<SeriesInfo>> ListSeriesAsync(string? site, CancellationToken cancellation) =>
        [.. (await NamesAsync(site, cancellation)).Series.OrderBy(s => s.Key.Agent).ThenBy(s => s.Key.Device).ThenBy(s => s.Key.Tag)];

    public async ValueTask<IReadOnlyList<DeviceSource>> ListDevicesAsync(string? site, CancellationToken cancellation) =>
        [.. (await _definitions.ListAsync(site, cancellation))
            .SelectMany(d => d.Definition.Devices.Select(device => new DeviceSource(new AgentKey(d.Site, d.Agent), device.Name, device.Asset, device.Driver, device.Address)))
            .Distinct()];

    public async ValueTask<IReadOnlyList<SeriesPoint>> ReadLastAsync(string? site, CancellationToken cancellation)
    {
        NameTable names = await NamesAsync(site, cancellation);
        var points = new List<SeriesPoint>();
        string where = site is null ? "" : $"WHERE {InfluxQl.Is("site", site)}";
        await _http.QueryAsync(
            $"SELECT {ReadingDecoder.Fields} FROM \"reading\" {where} GROUP BY \"site\", \"agent\", \"device\", \"tag\" ORDER BY time DESC LIMIT 1", InfluxSpace.Raw,
            row =>
            {
                if (names.Find(row.Tag("site"), row.Tag("agent"), row.Tag("device"), row.Tag("tag")) is { } series)
                {
                    points.Add(new SeriesPoint(series.Key, InfluxTime.ToTicks(row.Time), ReadingDecoder.QualityOf(row),
                        ReadingDecoder.ValueOf(row, series.Kind), ReadingDecoder.ProvenanceOf(row)));
                }
            },
            cancellation);
        return points;
    }

    public async ValueTask<IReadOnlyList<RangePoint>> ReadRangeAsync(SeriesKey series, long fromTicks, long toTicks, int pointsMax, CancellationToken cancellation)
    {
        SeriesInfo? info = toTicks > fromTicks ? (await NamesAsync(series.Site, cancellation)).Series.FirstOrDefault(s => s.Key == series) : null;
        return info is null ? [] : await _ranges.ReadAsync(series, info.Kind, fromTicks, toTicks, pointsMax, cancellation);
    }

    public async ValueTask<IReadOnlyList<DeviceHour>> ReadDeviceHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation)
    {
        NameTable names = await NamesAsync(site, cancellation);
        // Summed under a key that has no counts: what was lost may be of an hour of which some is stored.
        var hours = new Dictionary<DeviceHour, ScanAccount>();
        void Add(DeviceHour key, in ScanAccount account) => hours[key] = hours.GetValueOrDefault(key).Plus(account);
        string sums = string.Join(", ", LedgerSums.Columns.Split(", ").Select(c => $"sum({c}) AS {c}"));
        string atSite = site is null ? "" : $" AND {InfluxQl.Is("site", site)}";
        await _http.QueryAsync(
            string.Create(CultureInfo.InvariantCulture, $"""
                SELECT {sums} FROM "account" WHERE time >= {InfluxTime.OfHour(fromHour)} AND time < {InfluxTime.OfHour(toHour)}{atSite}
                GROUP BY time(1h), "site", "agent", "device", "asset", "driver", "address", "provenance" fill(none)
                """),
            InfluxSpace.Ledger,
            row =>
            {
                int hour = UnixTicks.HourOf(InfluxTime.ToTicks(row.Time));
                (string rowSite, string agent) = (row.Tag("site"), row.Tag("agent"));
                var provenance = Enum.Parse<Provenance>(row.Tag("provenance"));
                Add(
                    new DeviceHour(new AgentKey(rowSite, agent), names.Device(rowSite, agent, row.Tag("device")), row.Tag("asset"), row.Tag("driver"),
                        row.Tag("address"), Empty(hour, provenance)),
                    LedgerSums.ReadAccount(row, hour, provenance));
            },
            cancellation);
        foreach (InfluxLosses.Counted lost in await _losses.ReadAsync(site is null ? "" : $"WHERE {InfluxQl.Is("site", site)}", cancellation))
        {
            foreach (InfluxLoss row in lost.Rows.Where(r => r.Due > 0 && r.Hour >= fromHour && r.Hour < toHour))
            {
                var key = new DeviceHour(lost.Agent, row.Device, TagValue.Of(row.Asset), TagValue.Of(row.Driver), TagValue.Of(row.Address), Empty(row.Hour, row.Provenance));
                Add(key, Missed(row));
            }
        }

        return [.. hours.Select(h => h.Key with { Account = h.Value with { Hour = h.Key.Account.Hour, Provenance = h.Key.Account.Provenance } })
            .OrderBy(h => h.Account.Hour)];
    }

    public async ValueTask VisitDeviceHoursAsync(string? site, int fromHour, int toHour, DeviceHourVisitor visitor, CancellationToken cancellation)
    {
        // The server sends a block as one answer; a day of 10,000 devices is 240,000 rows.
        Dictionary<(AgentKey, string, string, string, string), DeviceSource> sources = [];
        for (int from = fromHour; from < toHour; from += VisitBlockHours)
        {
            foreach (DeviceHour row in await ReadDeviceHoursAsync(site, from, Math.Min(from + VisitBlockHours, toHour), cancellation))
            {
                var key = (row.Agent, row.Device, row.Asset, row.Driver, row.Address);
                if (!sources.TryGetValue(key, out DeviceSource? source))
                {
                    source = new DeviceSource(row.Agent, row.Device, row.Asset, row.Driver, row.Address);
                    sources.Add(key, source);
                }

                visitor(source, row.Account);
            }
        }
    }

    public async ValueTask<IReadOnlyList<HourVersion>> ReadHourVersionsAsync(int fromHour, int toHour, CancellationToken cancellation) =>
        await _overview.ReadHourVersionsAsync(fromHour, toHour, cancellation);

    public async ValueTask<IReadOnlyList<SeriesHour>> ReadSeriesHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) =>
        await _overview.ReadSeriesHoursAsync(site, await NamesAsync(site, cancellation), fromHour, toHour, cancellation);

    public async ValueTask<IReadOnlyList<BatchTimes>> ReadBatchTimesAsync(
        AgentKey agent, Guid incarnation, long firstSequence, long lastSequence, int samplesMax, CancellationToken cancellation) =>
        await _overview.ReadBatchTimesAsync(agent, incarnation, SequenceStretches.Cut(firstSequence, lastSequence, samplesMax), cancellation);

    public async ValueTask<IReadOnlyList<DiscardRecord>> ListDiscardsAsync(AgentKey agent, CancellationToken cancellation) =>
        await _ledger.ListDiscardsAsync(agent, cancellation);

    public async ValueTask<StoreTotals> ReadTotalsAsync(AgentKey? agent, CancellationToken cancellation)
    {
        LedgerSums sums = await _ledger.ReadSumsAsync(await _ledger.ListAsync(agent, new Dictionary<(string, string), AgentKey>(), cancellation), cancellation);
        List<InfluxLosses.Counted> losses = await _losses.ReadAsync(agent is { } one ? $"WHERE {InfluxQl.Of(one)}" : "", cancellation);
        ScanAccount accounts = losses.SelectMany(l => l.Rows).Aggregate(sums.Accounts, (sum, row) => sum.Plus(Missed(row)));
        return new StoreTotals(sums.Batches, sums.Readings, Interlocked.Read(ref _duplicates), losses.Sum(l => l.Readings), accounts);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        _writeGate.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ScanAccount Empty(int hour, Provenance provenance) => new(0, hour, provenance, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static ScanAccount Missed(in InfluxLoss row) => new(0, row.Hour, row.Provenance, row.Due, 0, 0, row.Due, 0, 0, 0, 0, 0);

    private async Task<NameTable> NamesAsync(string? site, CancellationToken cancellation) => new(await _definitions.ListAsync(site, cancellation));

    /// <summary>Tells new batches from those that are committed already, here or by another hub, or stand earlier in the same group.</summary>
    private async Task<(AppendOutcome[] Outcomes, List<StoredBatch> Fresh)> SortOutAsync(IReadOnlyList<StoredBatch> batches, CancellationToken cancellation)
    {
        var outcomes = new AppendOutcome[batches.Count];
        var fresh = new List<StoredBatch>();
        foreach (var chain in Enumerable.Range(0, batches.Count).GroupBy(i => (batches[i].Agent, batches[i].Incarnation)))
        {
            List<long> sequences = [.. chain.Select(i => batches[i].Sequence).Distinct().Order()];
            Dictionary<long, string> hashes = await _ledger.FindHashesAsync(chain.Key.Agent, chain.Key.Incarnation, sequences, cancellation);
            foreach (int i in chain)
            {
                string hash = Convert.ToHexStringLower(batches[i].Hash.Span);
                if (hashes.TryGetValue(batches[i].Sequence, out string? stored))
                {
                    outcomes[i] = stored == hash ? AppendOutcome.Duplicate : AppendOutcome.Conflict;
                }
                else
                {
                    hashes.Add(batches[i].Sequence, hash);
                    fresh.Add(batches[i]);
                }
            }
        }

        return (outcomes, fresh);
    }
}
