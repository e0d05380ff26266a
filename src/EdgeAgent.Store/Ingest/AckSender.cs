using EdgeAgent.Core.Batches;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Store.Ingest;

/// <summary>Tells each agent what of its chain is committed, as the store has it at that moment.</summary>
internal sealed partial class AckSender(ITimeSeriesStore store, IHubLink link, AckBook acks, IngestOptions options, TimeProvider time, ILogger log)
{
    private readonly RetryPause _pause = new(options, time);

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            bool allTold = true;
            foreach (var (agent, incarnation, refused) in await acks.TakeAsync(cancellation))
            {
                if (!await TryTellAsync(agent, incarnation, refused, cancellation))
                {
                    acks.GiveBack(agent, incarnation, refused);
                    allTold = false;
                }
            }

            if (allTold)
            {
                _pause.Reset();
            }
            else
            {
                await _pause.WaitAsync(cancellation);
            }
        }
    }

    private async Task<bool> TryTellAsync(AgentKey agent, Guid incarnation, List<RefusedBatch> refused, CancellationToken cancellation)
    {
        try
        {
            SequenceRecord record = acks.IsForked(agent, incarnation)
                ? SequenceRecord.Empty
                : await store.ReadSequencesAsync(agent, incarnation, cancellation);
            if (record.Contiguous == 0 && record.Above.Count == 0 && refused.Count == 0)
            {
                return true;
            }

            var ack = new BatchAck(incarnation, record.Contiguous, record.Above, refused);
            return await link.PublishAsync(Topics.Ack(agent.Site, agent.Agent), ack.ToBytes(), cancellation);
        }
        catch (StoreUnavailableException e)
        {
            LogNotTold(log, agent.Site, agent.Agent, e.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Acknowledgement to {Site}/{Agent} put off: {Problem}")]
    private static partial void LogNotTold(ILogger log, string site, string agent, string problem);
}
