using EdgeAgent.Core.Batches;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Store.Ingest;

/// <summary>Commits groups of checked batches, for as long as it takes, and notes down what each came to.</summary>
internal sealed partial class GroupCommitter(
    ITimeSeriesStore store, AckBook acks, ChainMemory chains, IngestCounters counters, Refusals refusals, IngestOptions options, TimeProvider time, ILogger log)
{
    private readonly RetryPause _pause = new(options, time);
    private readonly List<StoredBatch> _batches = [];
    private bool _isDown;

    /// <summary>Returns when every batch of the group is stored, known or refused.</summary>
    /// <exception cref="StoreDamagedException">The store needs a person.</exception>
    public async Task CommitAsync(IReadOnlyList<BatchLease> group, CancellationToken cancellation)
    {
        _batches.Clear();
        _batches.AddRange(group.Select(l => l.Batch!));
        try
        {
            IReadOnlyList<AppendOutcome> outcomes = await AppendAsync(_batches, cancellation);
            for (int i = 0; i < outcomes.Count; i++)
            {
                Settle(group[i], outcomes[i]);
            }
        }
        catch (Exception e) when (e is not (OperationCanceledException or StoreDamagedException))
        {
            await CommitOneByOneAsync(group, e, cancellation);
        }
    }

    /// <summary>Finds the batch on which the store fails, so that it does not stand in the way of all others for ever.</summary>
    private async Task CommitOneByOneAsync(IReadOnlyList<BatchLease> group, Exception groupError, CancellationToken cancellation)
    {
        LogGroupFailed(log, group.Count, groupError);
        foreach (BatchLease lease in group)
        {
            try
            {
                Settle(lease, (await AppendAsync([lease.Batch!], cancellation))[0]);
            }
            catch (Exception e) when (e is not (OperationCanceledException or StoreDamagedException))
            {
                chains.Forget(lease.Batch!.Agent, lease.Batch.Incarnation);
                refusals.Refuse(lease, Verdict.Refused(RefusalReason.StoreRefused, e.Message, authentic: true));
            }
        }
    }

    private async Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<StoredBatch> batches, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                IReadOnlyList<AppendOutcome> outcomes = await store.AppendAsync(batches, cancellation);
                counters.Committed();
                _pause.Reset();
                if (_isDown)
                {
                    _isDown = false;
                    LogStoreBack(log);
                }

                return outcomes;
            }
            catch (StoreUnavailableException e)
            {
                counters.StoreDown(e.Message);
                if (!_isDown)
                {
                    _isDown = true;
                    LogStoreDown(log, e.Message);
                }

                await _pause.WaitAsync(cancellation);
            }
        }
    }

    private void Settle(BatchLease lease, AppendOutcome outcome)
    {
        StoredBatch batch = lease.Batch!;
        switch (outcome)
        {
            case AppendOutcome.Stored:
                counters.Stored(batch);
                acks.Progress(batch.Agent, batch.Incarnation);
                break;
            case AppendOutcome.Duplicate:
                counters.Duplicate(batch.Agent);
                acks.Progress(batch.Agent, batch.Incarnation);
                break;
            case AppendOutcome.Conflict:
                chains.Forget(batch.Agent, batch.Incarnation);
                refusals.Refuse(lease, Verdict.Refused(RefusalReason.Conflict, $"another batch with sequence {batch.Sequence} is stored", authentic: true));
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store takes nothing now, and nothing is acknowledged until it does: {Problem}")]
    private static partial void LogStoreDown(ILogger log, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The store takes batches again")]
    private static partial void LogStoreBack(ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store failed on a group of {Batches} batches; trying them one by one")]
    private static partial void LogGroupFailed(ILogger log, int batches, Exception error);
}
