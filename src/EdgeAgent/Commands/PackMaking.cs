using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Core.Batches;
using EdgeAgent.Hosting;
using EdgeAgent.Store;

namespace EdgeAgent.Commands;

/// <summary>Makes an evidence pack of a hub and puts it on its shelf: what the verb and the pages have in common.</summary>
internal static class PackMaking
{
    /// <param name="output">Where the person wants it; null keeps it on the shelf.</param>
    /// <param name="others">Further files of the pack, by path.</param>
    /// <exception cref="PackExportException">The window cannot be proved.</exception>
    public static async Task<(ShelvedPack Pack, PackSummary Summary)> MakeAsync(
        HubFiles hub, ITimeSeriesStore store, TimeProvider time, DateTimeOffset asOf, WindowLength? window, string? output,
        IEnumerable<KeyValuePair<string, byte[]>> others, Action<PackStep>? reached, CancellationToken cancellation)
    {
        PackShelf shelf = hub.Shelf;
        IReadOnlyList<ShelvedPack> before = shelf.List();
        (byte[] ledger, bool isEvents) = hub.ReadLedger();
        PackSources sources = new(
            hub.Site, asOf, window, ledger, isEvents, hub.ReadRulePack(), hub.ReadAgents(),
            before.Count == 0 ? null : before[^1].ManifestSha256, ProgramVersion.Text, [new("challenges.jsonl", new AuditLog(hub.ChallengeLogPath, time).ReadAll()), .. others])
        {
            Points = hub.ReadPoints(),
            Baseline = hub.ReadBaseline(),
        };
        using EcdsaBatchSigner key = hub.LoadKey();
        string draft = shelf.DraftPath();
        PackSummary summary = await new PackExport(store, key, time) { Reached = reached }.WriteAsync(sources, draft, cancellation);
        return (shelf.Put(draft, summary, output), summary);
    }
}
