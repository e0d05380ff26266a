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
    private DeviceReadings[] _devices = [];
    private bool _definitionIsDue;
    private bool _isFull;

    public AccountBook Book { get; } = new();

    /// <summary>Readings lost because the buffer could not take their batch.</summary>
    public long DroppedBufferFull { get; private set; }

    public long BatchesWritten { get; private set; }

    /// <summary>Called with each row of accounts whose buffered readings had to be counted as dropped.</summary>
    public Action<ScanAccount>? OnLost { get; set; }

    public bool IsFull => _builder.ReadingCount >= sizes.ReadingsMax || _builder.EstimatedBytes >= sizes.BytesMax || Book.RowCount >= sizes.AccountsMax;

    /// <summary>Changes to another configuration; everything of the one before must have been flushed.</summary>
    public void Use(PlantDefinition definition)
    {
        IReadOnlyList<DeviceDefinition> before = _definition?.Devices ?? [];
        Dictionary<string, int> ids = definition.Devices.Select((device, id) => (device.Name, id)).ToDictionary();
        Book.Renumber(definition.Devices.Count, old => ids.GetValueOrDefault(before[old].Name, -1));
        _definition = definition;
        _definitionIsDue = true;
    }

    public void Add(ReadingBatch source, in Reading reading) => _builder.Add(source, reading);

    /// <summary>Seals and appends what there is; nothing when there is nothing.</summary>
    public void Flush()
    {
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
            // The old chain is set aside; this batch becomes the first of a new one, which must begin with the definition.
            _definitionIsDue = true;
            status = SealAndAppend(log.TakeDiscarded());
        }

        if (status == AppendStatus.Appended)
        {
            NoteAppended();
        }
        else
        {
            NoteLost();
        }

        _builder.Clear();
        _accounts.Clear();
    }

    private AppendStatus SealAndAppend(DiscardedSnapshot discards)
    {
        _builder.ClearDiscarded();
        foreach (DiscardedRange range in discards.Ranges)
        {
            _builder.AddDiscarded(range);
        }

        if (_definitionIsDue)
        {
            _builder.SetDefinition(_definition!);
        }

        long created = UnixTicks.Now(time);
        var header = new BatchHeader(
            identity.Site, identity.Agent, log.Incarnation, log.NextSequence, log.LastHash, created, _definition!.ConfigHash);
        SealedBatch batch = _builder.Seal(header, identity.Signer);
        var record = new BatchRecord(
            header.Incarnation, header.Sequence, batch.Hash, created, _builder.FirstTicks, _builder.LastTicks, _builder.ReadingCount,
            _definitionIsDue, CountDevices(), frontier.AccountedUntilTicks(), discards);
        return log.Append(batch.Signed, record);
    }

    private ReadOnlyMemory<DeviceReadings> CountDevices()
    {
        if (_devices.Length < _accounts.Count)
        {
            _devices = new DeviceReadings[Math.Max(16, _accounts.Count * 2)];
        }

        int count = 0;
        foreach (ScanAccount account in _accounts)
        {
            if (account.Buffered > 0)
            {
                _devices[count++] = new DeviceReadings(_definition!.Devices[account.DeviceId].Name, account.Buffered);
            }
        }

        return _devices.AsMemory(0, count);
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

        Book.GiveBackDropped(_accounts);
        if (!_isFull)
        {
            _isFull = true;
            logger.BufferFull();
        }
    }
}
