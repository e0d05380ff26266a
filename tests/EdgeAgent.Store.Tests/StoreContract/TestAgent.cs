using System.Security.Cryptography;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Tests.StoreContract;

/// <summary>Seals batches as an agent does, and decodes them as ingest does.</summary>
internal sealed class TestAgent : IDisposable
{
    /// <summary>Some full hour in 2025.</summary>
    public const int Hour = 489_000;
    public const long HourTicks = Hour * UnixTicks.PerHour;

    private readonly BatchBuilder _builder = new();
    private byte[] _previousHash = new byte[BatchFormat.HashBytes];

    public TestAgent(string site = "plant 1", string agent = "gw-01", EcdsaBatchSigner? signer = null)
    {
        Key = new AgentKey(site, agent);
        Signer = signer ?? EcdsaBatchSigner.CreateEphemeral();
    }

    public AgentKey Key { get; }

    public EcdsaBatchSigner Signer { get; }

    public Guid Incarnation { get; private set; } = Guid.NewGuid();

    public long Sequence { get; private set; }

    public PlantDefinition Definition { get; set; } = TestPlant.Definition;

    public SeriesKey Series(int tag) =>
        new(Key.Site, Key.Agent, Definition.Devices[Definition.Tags[tag].DeviceId].Name, Definition.Tags[tag].Name);

    /// <summary>Starts a new chain, as an agent whose buffer was lost does.</summary>
    public void Reincarnate()
    {
        Incarnation = Guid.NewGuid();
        Sequence = 0;
        _previousHash = new byte[BatchFormat.HashBytes];
    }

    /// <summary>Takes a chain back to where it was, as a restored backup does.</summary>
    public void Rewind(StoredBatch to)
    {
        Sequence = to.Sequence;
        _previousHash = to.Hash.ToArray();
    }

    /// <summary>A batch of these readings, with accounts that fit.</summary>
    public StoredBatch Next(params Reading[] readings)
    {
        var source = new ReadingBatch();
        foreach (Reading reading in readings)
        {
            source.Add(reading);
        }

        return Next(source);
    }

    public StoredBatch Next(ReadingBatch readings, IEnumerable<DiscardedRange>? discarded = null, Provenance provenance = Provenance.Live, bool withAccounts = true,
        IEnumerable<ScanAccount>? more = null)
    {
        _builder.Clear();
        foreach (ref readonly Reading reading in readings.Readings)
        {
            _builder.Add(readings, reading);
            if (withAccounts)
            {
                bool good = reading.Quality.IsGood;
                _builder.AddAccount(new ScanAccount(
                    Definition.Tags[reading.TagId].DeviceId, UnixTicks.HourOf(reading.SourceTicks), provenance, 1, good ? 1 : 0, good ? 0 : 1, 0, 0, 0, 0, 1, good ? 1 : 0));
            }
        }

        foreach (ScanAccount account in more ?? [])
        {
            _builder.AddAccount(account);
        }

        foreach (DiscardedRange range in discarded ?? [])
        {
            _builder.AddDiscarded(range);
        }

        return Seal();
    }

    public StoredBatch NextAccounts(params ScanAccount[] accounts)
    {
        _builder.Clear();
        foreach (ScanAccount account in accounts)
        {
            _builder.AddAccount(account);
        }

        return Seal();
    }

    /// <summary>What an agent declares when it has given these batches up.</summary>
    public static DiscardedRange Discard(params IReadOnlyList<StoredBatch> batches) => new(
        batches[0].Sequence, batches[^1].Sequence, "size-cap", batches.Sum(b => (long)b.Readings.Count), At(0), At(100),
        [.. batches.SelectMany(b => b.Accounts.Select(a => (Key: (b.Definition.Devices[a.DeviceId].Name, a.Hour, a.Provenance), Account: a)))
            .GroupBy(a => a.Key)
            .Select(g => new DiscardedAccount(g.Key.Name, g.Key.Hour, g.Key.Provenance, g.Sum(a => a.Account.Due), g.Sum(a => a.Account.Buffered)))]);

    /// <summary>Float readings of the speed tag, one every <paramref name="stepMs"/>.</summary>
    public StoredBatch NextRamp(long fromTicks, int count, int stepMs = 1000, int tag = TestPlant.Speed)
    {
        var readings = new ReadingBatch(count);
        for (int i = 0; i < count; i++)
        {
            readings.Add(Reading.Float64(tag, Quality.Good, fromTicks + (i * stepMs * UnixTicks.PerMillisecond), i));
        }

        return Next(readings);
    }

    public void Dispose() => Signer.Dispose();

    private StoredBatch Seal()
    {
        Sequence++;
        if (Sequence == 1)
        {
            _builder.SetDefinition(Definition);
        }

        long created = Math.Max(HourTicks, _builder.LastTicks) + UnixTicks.PerSecond;
        SealedBatch sealedBatch = _builder.Seal(new BatchHeader(Key.Site, Key.Agent, Incarnation, Sequence, _previousHash, created, Definition.ConfigHash), Signer);
        byte[] signed = sealedBatch.Signed.ToArray();
        _previousHash = sealedBatch.Hash.ToArray();
        return Decode(signed, Definition);
    }

    public static StoredBatch Decode(byte[] signed, PlantDefinition definition)
    {
        var decoded = new DecodedBatch();
        Assert.Equal(BatchReadStatus.Ok, BatchReader.TryRead(signed, decoded, BatchLimits.Default));
        return new StoredBatch(
            new AgentKey(decoded.Site, decoded.Agent), decoded.Incarnation, decoded.Sequence, signed, decoded.Hash, decoded.PreviousHash, decoded.CreatedTicks,
            decoded.Definition ?? definition, decoded.Definition, decoded.Readings, decoded.Accounts, decoded.Discarded);
    }

    public static long At(double seconds) => HourTicks + (long)(seconds * UnixTicks.PerSecond);
}
