using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Hosting;
using EdgeAgent.Store;

namespace EdgeAgent.Commands.Demo;

/// <summary>The two rates at one moment.</summary>
internal readonly record struct DemoRates(Share Networking, Share Digitalization);

/// <summary>Reads the demo's figures from where they are kept: the store, the buffer and the assessment, over the data directory's whole life.</summary>
internal sealed class DemoBooks
{
    private static readonly TimeSpan DrainLook = TimeSpan.FromMilliseconds(50);

    private readonly EdgeHost _host;
    private readonly AppConfig _config;
    private readonly TimeProvider _time;
    private readonly CoverageAssessment _assessment;

    public DemoBooks(EdgeHost host, AppConfig config, TimeProvider time)
    {
        (_host, _config, _time) = (host, config, time);
        DeviceLedger ledger = LedgerCsv.Read(File.ReadAllBytes(config.Hub!.Ledger!)).Ledger
            ?? throw new InvalidDataException("The demo's own ledger cannot be read.");
        _assessment = new CoverageAssessment(host.Hub!.Store, ledger, RulePackCatalog.Load(config.Hub.RulePack), time);
    }

    public async Task<DemoRates> ReadRatesAsync(CancellationToken cancellation)
    {
        CoverageReport report = await _assessment.AssessAsync(new AssessmentRequest(_config.Site, _time.GetUtcNow()), cancellation);
        return new DemoRates(new Share(report.Networking.N, report.Networking.D), new Share(report.Digitalization.N, report.Digitalization.D));
    }

    public async Task<long> ReadStoredAsync(CancellationToken cancellation) =>
        (await _host.Hub!.Store.ReadTotalsAsync(null, cancellation)).Readings;

    /// <summary>Stops scanning, waits until everything is acknowledged or the limit has passed, and closes the books.</summary>
    public async Task<DemoFigures> CloseAsync(long startToFirstStoredMs, TimeSpan drainLimit, CancellationToken cancellation)
    {
        AgentRole agent = _host.Agent!;
        DemoRates rates = await ReadRatesAsync(cancellation);
        AgentSnapshot scanning = agent.Snapshot();
        long rss = Environment.WorkingSet;
        await agent.ReloadAsync(_config with { Agent = _config.Agent! with { Endpoints = [] } }, cancellation);
        long start = _time.GetTimestamp();
        while (agent.Snapshot().Buffer is { PendingBatches: > 0 } or { UndeclaredRanges: > 0 } && _time.GetElapsedTime(start) < drainLimit)
        {
            await Task.Delay(DrainLook, _time, cancellation);
        }

        StoreTotals totals = await _host.Hub!.Store.ReadTotalsAsync(null, cancellation);
        BufferStatistics buffer = agent.Snapshot().Buffer;
        ScanAccount accounts = totals.Accounts;
        bool balanced = Balances(accounts, buffer, totals) && await SequencesCompleteAsync(cancellation);
        return new DemoFigures(
            scanning.Devices.Count, scanning.Online, accounts.Due, accounts.Good, accounts.Bad, accounts.Missed, accounts.Beyond, accounts.Filtered, accounts.Dropped,
            accounts.Buffered, buffer.AcknowledgedReadings, buffer.PendingReadings, buffer.DiscardedReadings, totals.Readings, totals.DuplicateBatches,
            rates.Networking, rates.Digitalization, startToFirstStoredMs, rss, balanced);
    }

    /// <summary>The conservation law over what was written down by three parties: the agent's accounts, its buffer, and the store. A batch
    /// that was stored and given up before the acknowledgement came is discarded for the buffer and stored for the store.</summary>
    internal static bool Balances(in ScanAccount accounts, in BufferStatistics buffer, StoreTotals totals) =>
        accounts.Balances
        && accounts.Buffered == totals.Readings
        && buffer.AcknowledgedReadings + buffer.DiscardedReadings == totals.Readings + totals.DiscardedReadings;

    private async Task<bool> SequencesCompleteAsync(CancellationToken cancellation)
    {
        AgentKey key = new(_config.Site, _config.Agent!.Id);
        foreach (Guid incarnation in await _host.Hub!.Store.ListIncarnationsAsync(key, cancellation))
        {
            SequenceRecord sequences = await _host.Hub.Store.ReadSequencesAsync(key, incarnation, cancellation);
            if (sequences.Above.Count > 0 || sequences.Contiguous == 0)
            {
                return false;
            }
        }

        return true;
    }
}
