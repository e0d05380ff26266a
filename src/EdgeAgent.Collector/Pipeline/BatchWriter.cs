using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Pipeline;

/// <summary>Gathers what passed and what was counted into batches, seals them, and appends them to the buffer.</summary>
/// <remarks>Every batch balances by itself: the buffered readings of its accounts are the readings in it. When the buffer takes
/// nothing, the readings of the batch are lost and counted as dropped, and the next batch that it takes tells so.</remarks>
internal sealed class BatchWriter(IBatchLog log, BatchIdentity identity, BatchSizes sizes, DueFrontier frontier, TimeProvider time, ILogger logger)
{
    private readonly BatchBuilder _builder = new();
    private readonly List<ScanAccount> _accounts = [];
    private PlantDefinition? _definition;
    private DiscardedAccount[] _rows = [];
    /// <summary>Rows of devices that are gone, which no batch could take before they went, with the definition that names them.</summary>
    private readonly Queue<(PlantDefinition Definition, List<ScanAccount> Rows)> _departed = new();
    private bool _definitionIsDue;
    private Guid _incarnation;
    private bool _isFull;

    public AccountBook Book { get; } = new();

    /// <summary>Readings lost because the buffer could not take their batch.</summary>
    public long DroppedBufferFull { get; private set; }

    public long BatchesWritten { get; private set; }

    /// <summary>Called with each row of accounts whose buffered readings had to be counted as dropped.</summary>
    public Action<ScanAccount>? OnLost { get; set; }

    /// <summary>Called when readings that had passed will never reach a store: with the number of their batch, or null when they were
    /// given up in the buffer and may be of any.</summary>
    public Action<long?>? OnGone { get; set; }

    /// <summary>Number of the batch that readings are being gathered for, since the start.</summary>
    public long Gathering { get; private set; }

    public bool IsFull => _builder.ReadingCount >= sizes.ReadingsMax || _builder.EstimatedBytes >= sizes.BytesMax || Book.RowCount >= sizes.AccountsMax;

    /// <summary>Whether there is a definition that a batch can name.</summary>
    public bool IsUsable => _definition is not null;

    /// <summary>Changes to another configuration; everything of the one before must have been flushed, or lost and counted as dropped.</summary>
    public void Use(PlantDefinition definition)
    {
        IReadOnlyList<DeviceDefinition> before = _definition?.Devices ?? [];
        Dictionary<string, int> ids = definition.Devices.Select((device, id) => (device.Name, id)).ToDictionary();
        List<ScanAccount> departed = Book.Renumber(definition.Devices.Count, old => ids.GetValueOrDefault(before[old].Name, -1));
        if (departed.Count > 0)
        {
            _departed.Enqueue((_definition!, departed));
        }

        _definition = definition;
        _definitionIsDue = true;
    }

    public void Add(ReadingBatch source, in Reading reading) => _builder.Add(source, reading);

    /// <summary>Seals and appends what there is; nothing when there is nothing.</summary>
    public void Flush()
    {
        FlushDeparted();
        DiscardedSnapshot discards = log.TakeDiscarded();
        Book.TakeAll(_accounts);
        if (_builder.ReadingCount == 0 && _accounts.Count == 0 && !_definitionIsDue && discards.Ranges.Count == 0)
        {
            return;
        }

        foreach (ScanAccount account in _accounts)
        {
            _builder.AddAccount(account);
        }

        AppendStatus status = SealAndAppend(discards);
        if (status == AppendStatus.NewIncarnation)
        {
            // The old chain is set aside; this batch becomes the first of a new one.
            discards = log.TakeDiscarded();
            status = SealAndAppend(discards);
        }

        if (status == AppendStatus.Appended)
        {
            NoteAppended();
            if (discards.Ranges.Any(range => range.Readings > 0))
            {
                OnGone?.Invoke(null);
            }
        }
        else
        {
            NoteLost();
        }

        _builder.Clear();
        _accounts.Clear();
        Gathering++;
    }

    /// <summary>Tells what was counted of devices that a change of the configuration has removed, in batches of the definition that names them.</summary>
    private void FlushDeparted()
    {
        while (_departed.TryPeek(out (PlantDefinition Definition, List<ScanAccount> Rows) left))
        {
            var builder = new BatchBuilder();
            builder.SetDefinition(left.Definition);
            left.Rows.ForEach(row => builder.AddAccount(row));
            long created = UnixTicks.Now(time);
            var header = new BatchHeader(
                identity.Site, identity.Agent, log.Incarnation, log.NextSequence, log.LastHash, created, left.Definition.ConfigHash);
            SealedBatch batch = builder.Seal(header, identity.Signer);
            var record = new BatchRecord(
                header.Incarnation, header.Sequence, batch.Hash, created, 0, 0, 0, true, Describe(left.Rows, left.Definition));
            if (log.Append(batch.Signed, record) != AppendStatus.Appended)
            {
                return;
            }

            BatchesWritten++;
            _departed.Dequeue();
        }
    }

    private AppendStatus SealAndAppend(DiscardedSnapshot discards)
    {
        _builder.ClearDiscarded();
        foreach (DiscardedRange range in discards.Ranges)
        {
            _builder.AddDiscarded(range);
        }

        // Every chain begins with the definition, also one that began while nobody appended, as when a publisher met damage.
        Guid incarnation = log.Incarnation;
        _definitionIsDue |= incarnation != _incarnation;
        if (_definitionIsDue)
        {
            _builder.SetDefinition(_definition!);
        }

        long created = UnixTicks.Now(time);
        var header = new BatchHeader(
            identity.Site, identity.Agent, incarnation, log.NextSequence, log.LastHash, created, _definition!.ConfigHash);
        SealedBatch batch = _builder.Seal(header, identity.Signer);
        var record = new BatchRecord(
            header.Incarnation, header.Sequence, batch.Hash, created, _builder.FirstTicks, _builder.LastTicks, _builder.ReadingCount,
            _definitionIsDue, Describe(_accounts, _definition), frontier.AccountedUntilTicks(), discards);
        AppendStatus status = log.Append(batch.Signed, record);
        _incarnation = status == AppendStatus.Appended ? incarnation : _incarnation;
        return status;
    }

    /// <summary>The accounts of a batch as they are declared if the batch is given up.</summary>
    private ReadOnlyMemory<DiscardedAccount> Describe(List<ScanAccount> accounts, PlantDefinition definition)
    {
        if (_rows.Length < accounts.Count)
        {
            _rows = new DiscardedAccount[Math.Max(16, accounts.Count * 2)];
        }

        for (int i = 0; i < accounts.Count; i++)
        {
            ScanAccount a = accounts[i];
            _rows[i] = new DiscardedAccount(definition.Devices[a.DeviceId].Name, a.Hour, a.Provenance, a.Due, a.Buffered);
        }

        return _rows.AsMemory(0, accounts.Count);
    }

    private void NoteAppended()
    {
        _definitionIsDue = false;
        BatchesWritten++;
        if (_isFull)
        {
            _isFull = false;
            logger.BufferTakesAgain(DroppedBufferFull);
        }
    }

    private void NoteLost()
    {
        foreach (ScanAccount account in _accounts)
        {
            if (account.Buffered > 0)
            {
                DroppedBufferFull += account.Buffered;
                OnLost?.Invoke(account);
            }
        }

        OnGone?.Invoke(Gathering);
        Book.GiveBackDropped(_accounts);
        if (!_isFull)
        {
            _isFull = true;
            logger.BufferFull();
        }
    }
}
