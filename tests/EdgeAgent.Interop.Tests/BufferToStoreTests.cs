using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Store.Sqlite;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Interop.Tests;

/// <summary>A buffer that is far too small, a hub that is often away, acknowledgements that get lost, and messages that come long after
/// they were sent: what was due at the agent is due at the hub, each reading once.</summary>
public sealed class BufferToStoreTests
{
    private const string Hub = "hub";
    private static readonly AgentKey Agent = new("site", "gw-01");

    private static readonly PlantDefinition Plant = DefinitionCodec.Create(
        [new DeviceDefinition("press-01", "modbus-tcp", "modbus-tcp://10.0.0.5:502/1", ""), new DeviceDefinition("press-02", "modbus-tcp", "modbus-tcp://10.0.0.5:502/2", "")],
        [new TagDefinition(0, "speed", ValueKind.Float64, "", 100), new TagDefinition(1, "speed", ValueKind.Float64, "", 100)]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Everything_due_is_due_at_the_hub(int seed)
    {
        using var directory = new TempDirectory();
        var time = new FakeTimeProvider();
        var options = new BufferOptions { Directory = directory.File("buffer"), Cursors = [Hub], SizeBytesMax = 64 << 10 };
        await using BatchBuffer buffer = BatchBuffer.Open(options, time, NullLogger.Instance);
        var storeOptions = new SqliteStoreOptions(directory.File("store")) { Maintenance = false };
        await using var store = new SqliteTimeSeriesStore(storeOptions, time, NullLogger<SqliteTimeSeriesStore>.Instance);
        await store.InitializeAsync(default);
        var run = new Run(seed, buffer, store, time);

        for (int i = 0; i < 1500; i++)
        {
            await run.StepAsync(i);
        }

        await run.DrainAsync();
        StoreTotals totals = await store.ReadTotalsAsync(null, default);
        BufferStatistics statistics = buffer.ReadStatistics();
        Assert.True(run.StoredThenDiscarded > 0 && run.StoredLate > 0, $"the seed meets neither trap: {run.StoredThenDiscarded}, {run.StoredLate}");
        Assert.True(totals.Accounts.Balances);
        Assert.Equal(run.Due, totals.Accounts.Due);
        Assert.Equal(totals.Readings, totals.Accounts.Buffered);
        Assert.Equal(run.Readings, totals.Readings + totals.DiscardedReadings);
        Assert.Equal(statistics.BufferedReadings, statistics.AcknowledgedReadings + statistics.DiscardedReadings);
        Assert.Equal(run.DueByHour, (await store.ReadDeviceHoursAsync(null, 0, int.MaxValue, default))
            .GroupBy(h => (h.Device, h.Account.Hour)).Select(g => (g.Key.Device, g.Key.Hour, g.Sum(h => h.Account.Due))).Order());
        SequenceRecord sequences = await store.ReadSequencesAsync(Agent, buffer.Incarnation, default);
        Assert.Equal((buffer.NextSequence - 1, 0), (sequences.Contiguous, sequences.Above.Count));
    }

    private sealed class Run(int seed, BatchBuffer buffer, SqliteTimeSeriesStore store, FakeTimeProvider time)
    {
        private readonly Random _random = new(seed);
        private readonly BatchBuilder _builder = new();
        private readonly EcdsaBatchSigner _signer = EcdsaBatchSigner.CreateEphemeral();
        private readonly BufferBlock _block = new();
        private readonly List<byte[]> _onTheWay = [];
        private readonly HashSet<long> _stored = [];
        private readonly Dictionary<(string, int), long> _due = [];
        private bool _hubIsThere = true;

        public long Due { get; private set; }

        public long Readings { get; private set; }

        public int StoredThenDiscarded { get; private set; }

        public int StoredLate { get; private set; }

        public IEnumerable<(string, int, long)> DueByHour => _due.Select(d => (d.Key.Item1, d.Key.Item2, d.Value)).Order();

        public async Task StepAsync(int step)
        {
            Append(definition: step == 0);
            time.Advance(TimeSpan.FromSeconds(_random.Next(60)));
            if (_random.Next(40) == 0)
            {
                _hubIsThere = !_hubIsThere;
            }

            if (_random.Next(3) == 0)
            {
                Send();
            }

            if (_hubIsThere)
            {
                await DeliverAsync();
                if (_random.Next(6) == 0)
                {
                    await AcknowledgeAsync();
                }
            }
        }

        public async Task DrainAsync()
        {
            do
            {
                Append(definition: false);
                while (buffer.ReadStatistics().PendingBatches > 0)
                {
                    Send();
                    await DeliverAsync();
                    await AcknowledgeAsync();
                }
            }
            while (buffer.ReadStatistics().UndeclaredRanges > 0);

            while (_onTheWay.Count > 0)
            {
                await DeliverAsync();
            }
        }

        private void Append(bool definition)
        {
            _builder.Clear();
            var readings = new ReadingBatch();
            var rows = new DiscardedAccount[2];
            long now = UnixTicks.Now(time);
            for (int device = 0; device < 2; device++)
            {
                int count = _random.Next(1, 40), missed = _random.Next(3);
                for (int i = 0; i < count; i++)
                {
                    readings.Add(Reading.Float64(device, Quality.Good, now - i, _random.NextDouble()));
                }

                int hour = UnixTicks.HourOf(now);
                _builder.AddAccount(new ScanAccount(device, hour, Provenance.Live, count + missed, count, 0, missed, 0, 0, 0, count, count));
                rows[device] = new DiscardedAccount(Plant.Devices[device].Name, hour, Provenance.Live, count + missed, count);
                _due[(rows[device].Device, hour)] = _due.GetValueOrDefault((rows[device].Device, hour)) + rows[device].Due;
                Due += rows[device].Due;
                Readings += count;
            }

            foreach (ref readonly Reading reading in readings.Readings)
            {
                _builder.Add(readings, reading);
            }

            if (definition)
            {
                _builder.SetDefinition(Plant);
            }

            DiscardedSnapshot declared = buffer.TakeDiscarded();
            foreach (DiscardedRange range in declared.Ranges)
            {
                StoredThenDiscarded += _stored.Count(s => s >= range.FirstSequence && s <= range.LastSequence);
                _builder.AddDiscarded(range);
            }

            SealedBatch batch = _builder.Seal(
                new BatchHeader(Agent.Site, Agent.Agent, buffer.Incarnation, buffer.NextSequence, buffer.LastHash, now, Plant.ConfigHash), _signer);
            Assert.Equal(AppendStatus.Appended, buffer.Append(batch.Signed, new BatchRecord(
                buffer.Incarnation, buffer.NextSequence, batch.Hash.ToArray(), now, _builder.FirstTicks, _builder.LastTicks, readings.Count, definition,
                rows, now, declared)));
        }

        /// <summary>Sends some of what the buffer holds, from the oldest on.</summary>
        private void Send()
        {
            Assert.True(buffer.TryRead(Hub, 0, _random.Next(1, 60), 1 << 20, _block));
            foreach (BufferedBatch batch in _block.Batches)
            {
                _onTheWay.Add(_block.Signed(batch).ToArray());
            }
        }

        /// <summary>The broker hands over some of the messages, out of order; others wait for long.</summary>
        private async Task DeliverAsync()
        {
            var group = new List<StoredBatch>();
            SequenceRecord known = await store.ReadSequencesAsync(Agent, buffer.Incarnation, default);
            for (int i = _random.Next(1, 30); i > 0 && _onTheWay.Count > 0; i--)
            {
                int index = _random.Next(8) == 0 ? _random.Next(_onTheWay.Count) : 0;
                var decoded = new DecodedBatch();
                Assert.Equal(BatchReadStatus.Ok, BatchReader.TryRead(_onTheWay[index], decoded, BatchLimits.Default));
                group.Add(new StoredBatch(
                    Agent, decoded.Incarnation, decoded.Sequence, _onTheWay[index], decoded.Hash, decoded.PreviousHash, decoded.CreatedTicks,
                    Plant, decoded.Definition, decoded.Readings, decoded.Accounts, decoded.Discarded));
                if (_random.Next(5) > 0)
                {
                    _onTheWay.RemoveAt(index);
                }
            }

            IReadOnlyList<AppendOutcome> outcomes = await store.AppendAsync(group, default);
            Assert.DoesNotContain(AppendOutcome.Conflict, outcomes);
            for (int i = 0; i < group.Count; i++)
            {
                StoredLate += outcomes[i] == AppendOutcome.Stored && group[i].Sequence <= known.Contiguous ? 1 : 0;
                _stored.Add(group[i].Sequence);
            }
        }

        private async Task AcknowledgeAsync()
        {
            SequenceRecord record = await store.ReadSequencesAsync(Agent, buffer.Incarnation, default);
            buffer.Acknowledge(Hub, buffer.Incarnation, record.Contiguous, [.. record.Above]);
            await buffer.FlushAsync();
        }
    }
}
