using System.Text.Json;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store.Influx.Lines;

namespace EdgeAgent.Store.Influx;

/// <summary>Writes batches: first readings, evidence, accounts, losses and definitions, and, when all of that is written, the marker that
/// makes a batch committed. Points are named so that writing any of it again changes nothing.</summary>
internal sealed class InfluxAppender(InfluxHttp http, InfluxOptions options, RefusedLines refused, InfluxDefinitions definitions, TimeProvider time)
{
    /// <summary>As many as a batch may declare, see <see cref="BatchLimits.DiscardedMax"/>.</summary>
    private const long DiscardsPerBatchMax = 65_536;

    private readonly LineWriter _raw = new(http, InfluxSpace.Raw, options, refused);
    private readonly LineWriter _ledger = new(http, InfluxSpace.Ledger, options, refused);
    private readonly LineWriter _markers = new(http, InfluxSpace.Ledger, options, refused);
    private readonly Dictionary<(AgentKey, HashKey), InfluxSeriesMap> _maps = [];
    private readonly Dictionary<(int DeviceId, int Hour, Provenance Provenance), ScanAccount> _accounts = [];

    /// <summary>Values that have no form in InfluxDB (NaN, infinity, times outside 1677 to 2262, overlong texts): of these only the quality, or nothing, is there.</summary>
    public long NotRepresentable { get; private set; }

    public async Task WriteAsync(IReadOnlyList<StoredBatch> batches, CancellationToken cancellation)
    {
        await _raw.ClearAsync();
        await _ledger.ClearAsync();
        await _markers.ClearAsync();
        InfluxTime.TryOf(UnixTicks.Now(time), out long now);
        for (int i = 0; i < batches.Count; i++)
        {
            StoredBatch batch = batches[i];
            // One nanosecond apart, so that the pieces of evidence of one chain do not fall on one another.
            long storedAt = now + i;
            await WriteReadingsAsync(batch, cancellation);
            WriteEvidence(batch, storedAt);
            WriteAccounts(batch);
            await WriteDiscardsAsync(batch, cancellation);
            WriteMarker(batch, storedAt);
            if (await definitions.IsNewAsync(batch.Agent, batch.Definition, batch.NewDefinition is not null, cancellation))
            {
                WriteDefinition(batch);
            }

            await _raw.FlushIfFullAsync(cancellation);
            await _ledger.FlushIfFullAsync(cancellation);
        }

        await _raw.FlushAsync(cancellation);
        await _ledger.FlushAsync(cancellation);
        // Only when all of it is written: the marker is what makes a batch committed.
        await _markers.FlushAsync(cancellation);
        foreach (StoredBatch batch in batches)
        {
            definitions.Stored(batch.Agent, batch.Definition);
        }
    }

    private async ValueTask WriteReadingsAsync(StoredBatch batch, CancellationToken cancellation)
    {
        InfluxSeriesMap map = MapOf(batch);
        map.Provenance.AsSpan().Clear();
        foreach (ScanAccount account in batch.Accounts)
        {
            map.Provenance[account.DeviceId] = account.Provenance;
        }

        for (int from = 0; from < batch.Readings.Count;)
        {
            from = WriteSome(batch.Readings, map, from);
            await _raw.FlushIfFullAsync(cancellation);
        }
    }

    private int WriteSome(ReadingBatch readings, InfluxSeriesMap map, int from)
    {
        ReadOnlySpan<Reading> all = readings.Readings;
        int at = from;
        for (; at < all.Length && _raw.Lines.Length < options.WriteBytesMax; at++)
        {
            ref readonly Reading reading = ref all[at];
            if (!InfluxTime.TryOf(reading.SourceTicks, out long nanoseconds))
            {
                NotRepresentable++;
                continue;
            }

            if (!ReadingFormatter.Write(
                _raw.Lines, map.Keys[reading.TagId], reading, readings.BytesOf(reading), map.Provenance[map.Definition.Tags[reading.TagId].DeviceId], nanoseconds))
            {
                NotRepresentable++;
            }
        }

        return at;
    }

    private void WriteEvidence(StoredBatch batch, long storedAt)
    {
        Begin(_raw.Lines, "evidence"u8, batch);
        LongText.Write(_raw.Lines, batch.Signed.Span);
        _raw.Lines.EndLine(storedAt);
    }

    private void WriteAccounts(StoredBatch batch)
    {
        _accounts.Clear();
        foreach (ScanAccount account in batch.Accounts)
        {
            var key = (account.DeviceId, account.Hour, account.Provenance);
            _accounts[key] = _accounts.TryGetValue(key, out ScanAccount sum) ? sum.Plus(account) : account;
        }

        foreach (ScanAccount account in _accounts.Values)
        {
            DeviceDefinition device = batch.Definition.Devices[account.DeviceId];
            LineBuffer lines = _ledger.Lines;
            lines.Raw("account"u8).Tag("address"u8, device.Address).Tag("agent"u8, batch.Agent.Agent).Tag("asset"u8, device.Asset).Tag("device"u8, device.Name)
                .Tag("driver"u8, device.Driver).Tag("incarnation"u8, batch.Incarnation.ToString("N")).Tag("provenance"u8, account.Provenance.ToString())
                .Tag("site"u8, batch.Agent.Site).Raw(" "u8);
            Counts(lines, account);
            // The sequence as nanoseconds within the hour makes each batch's share a point of its own.
            lines.EndLine(InfluxTime.OfHour(account.Hour) + (batch.Sequence % InfluxTime.NanosecondsPerHour));
        }
    }

    private async ValueTask WriteDiscardsAsync(StoredBatch batch, CancellationToken cancellation)
    {
        for (int i = 0; i < batch.Discarded.Count; i++)
        {
            DiscardedRange range = batch.Discarded[i];
            var losses = new InfluxLoss[range.Accounts.Count];
            for (int j = 0; j < losses.Length; j++)
            {
                DiscardedAccount a = range.Accounts[j];
                DeviceDefinition device = await definitions.FindDeviceAsync(batch, a.Device, cancellation);
                losses[j] = new InfluxLoss(a.Device, device.Address, device.Asset, device.Driver, a.Hour, a.Provenance, a.Due, a.Readings);
            }

            LineBuffer lines = _ledger.Lines;
            Begin(lines, "discard"u8, batch);
            lines.Integer("first"u8, range.FirstSequence).Integer(",last"u8, range.LastSequence).Integer(",declared_in"u8, batch.Sequence)
                .Integer(",readings"u8, range.Readings).Integer(",first_ticks"u8, range.FirstTicks).Integer(",last_ticks"u8, range.LastTicks)
                .Text(",reason"u8, range.Reason).Raw(","u8);
            LongText.Write(lines, JsonSerializer.SerializeToUtf8Bytes(losses, StoreJson.Default.InfluxLossArray));
            // Each declaration is a point of its own: a wider one later must not fall on it.
            lines.EndLine((batch.Sequence * DiscardsPerBatchMax) + i);
        }
    }

    private void WriteDefinition(StoredBatch batch)
    {
        LineBuffer lines = _ledger.Lines;
        lines.Raw("definition"u8).Tag("agent"u8, batch.Agent.Agent).Tag("hash"u8, Convert.ToHexStringLower(batch.Definition.ConfigHash.Span))
            .Tag("site"u8, batch.Agent.Site).Raw(" "u8).Integer("announced"u8, batch.CreatedTicks).Raw(","u8);
        LongText.Write(lines, DefinitionCodec.Encode(batch.Definition));
        lines.EndLine(0);
    }

    private void WriteMarker(StoredBatch batch, long storedAt)
    {
        ScanAccount sum = default;
        foreach (ScanAccount account in batch.Accounts)
        {
            sum = sum.Plus(account);
        }

        LineBuffer lines = _markers.Lines;
        Begin(lines, "batch"u8, batch);
        lines.Integer("seq"u8, batch.Sequence).Text(",hash"u8, Convert.ToHexStringLower(batch.Hash.Span)).Text(",previous"u8, Convert.ToHexStringLower(batch.PreviousHash.Span))
            .Text(",config"u8, Convert.ToHexStringLower(batch.Definition.ConfigHash.Span)).Integer(",created"u8, batch.CreatedTicks).Integer(",stored"u8, storedAt)
            .Integer(",readings"u8, batch.Readings.Count).Raw(","u8);
        Counts(lines, sum);
        lines.EndLine(batch.Sequence);
    }

    private static void Begin(LineBuffer lines, ReadOnlySpan<byte> measurement, StoredBatch batch) => lines.Raw(measurement)
        .Tag("agent"u8, batch.Agent.Agent).Tag("incarnation"u8, batch.Incarnation.ToString("N")).Tag("site"u8, batch.Agent.Site).Raw(" "u8);

    /// <remarks>A field costs the server about as much as a reading, so those that are mostly zero are written only when they are not.</remarks>
    private static void Counts(LineBuffer lines, in ScanAccount a)
    {
        lines.Integer("due"u8, a.Due).Integer(",good"u8, a.Good).Integer(",bad"u8, a.Bad).Integer(",missed"u8, a.Missed);
        Add(",missed_down"u8, a.MissedWhileDown);
        Add(",filtered"u8, a.Filtered);
        Add(",dropped"u8, a.Dropped);
        Add(",buffered"u8, a.Buffered);
        Add(",changed"u8, a.Changed);
        Add(",beyond"u8, a.Beyond);
        Add(",filled"u8, a.Filled);

        void Add(ReadOnlySpan<byte> name, long count)
        {
            if (count != 0)
            {
                lines.Integer(name, count);
            }
        }
    }

    private InfluxSeriesMap MapOf(StoredBatch batch)
    {
        var key = (batch.Agent, HashKey.Of(batch.Definition.ConfigHash.Span));
        if (!_maps.TryGetValue(key, out InfluxSeriesMap? map))
        {
            map = new InfluxSeriesMap(batch.Agent, batch.Definition);
            _maps.Add(key, map);
        }

        return map;
    }
}
