using System.Security.Cryptography;
using System.Text;
using EdgeAgent.Assessment.Evidence.Chains;
using EdgeAgent.Assessment.Evidence.Container;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>Makes an evidence pack (rule R15): copies the signed batches, adds up what they say, and signs the whole.</summary>
public sealed class PackExport(ITimeSeriesStore store, IBatchSigner hubKey, TimeProvider time)
{
    private const int BlockHours = 24;

    /// <summary>Told when a step begins, on the exporting thread.</summary>
    public Action<PackStep>? Reached { get; init; }

    /// <summary>Writes the pack beside its place and moves it there when it is whole.</summary>
    /// <exception cref="PackExportException">The window cannot be proved.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public async Task<PackSummary> WriteAsync(PackSources sources, string path, CancellationToken cancellation)
    {
        string draft = path + ".new";
        try
        {
            PackSummary summary;
            await using (FileStream output = new(draft, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 20))
            {
                summary = await WriteAsync(sources, output, cancellation).ConfigureAwait(false);
            }

            File.Move(draft, path, overwrite: true);
            return summary;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private async Task<PackSummary> WriteAsync(PackSources sources, FileStream output, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow().ToOffset(ShanghaiTime.Offset);
        Reached?.Invoke(PackStep.Sources);
        PackFactsReader decided = ReadDecided(sources);
        LoadedRulePack rules = decided.Rules!;
        ObservationWindow window = PackFacts.WindowOf(rules.Rules, sources.AsOf, sources.Window);
        using PackWriter pack = new(output);
        PutSources(pack, sources);
        Reached?.Invoke(PackStep.Chains);
        ChainCopy copy = new(store, pack, window.FromHour);
        IReadOnlyDictionary<string, PlantDefinition> definitions = await CopyChainsAsync(pack, copy, sources.Site, cancellation).ConfigureAwait(false);
        Reached?.Invoke(PackStep.Observations);
        List<DeviceHour> before = await ReadBeforeAsync(sources.Site, window, rules.Rules.HistoryDays, cancellation).ConfigureAwait(false);
        pack.Add(PackLayout.Before, AccountTable.Write(before));
        PackObserved observed = PackObserved.Of(await AssessmentReader.ReadAsync(
            store, sources.Site, rules.Rules, sources.AsOf, now, sources.Window, decided.Points, new AccountHistory(rules.Rules.AllowSimulated), cancellation).ConfigureAwait(false));
        pack.Add(PackLayout.Observed, observed.Write());
        await output.FlushAsync(cancellation).ConfigureAwait(false);

        byte[] seed = SampleSeed.Of(sources.Site, window.FromHour, window.ToHour, sources.Previous, copy.Chains);
        SampleDraw draw = new(seed);
        Dictionary<string, PackEntry> files = pack.Entries.ToDictionary(e => e.Path, StringComparer.Ordinal);
        Reached?.Invoke(PackStep.Audit);
        ChainAudit audit = Audit(pack, files, definitions, draw, window.FromHour);
        Reached?.Invoke(PackStep.Figures);
        PackFacts facts = new(
            sources.Site, sources.AsOf, sources.Window, now, rules, decided.Ledger!, decided.Points, decided.Baseline, observed, before, audit.Accounts);
        AssessmentResult report = PackMetrics.Compute(facts);
        List<(string Path, byte[] Content)> derived = [.. PackDerivation.Files(facts, report, audit, draw, pack, files, definitions, sources.Others.FirstOrDefault(f => f.Key == PackLayout.Challenges).Value)];
        List<BilingualText> warnings = [.. copy.Warnings, .. await CompareAsync(sources.Site, window, audit.Accounts, cancellation).ConfigureAwait(false)];
        foreach ((string name, byte[] content) in derived)
        {
            pack.Add(name, content);
        }

        Reached?.Invoke(PackStep.Signature);
        PackManifest manifest = new(
            PackManifest.FormatName, PackManifest.FormatVersion, IdOf(sources, seed), sources.Site, sources.AsOf.ToOffset(ShanghaiTime.Offset),
            sources.Window?.ToString(), window.FromHour, window.ToHour, now, sources.Program, report.Notice, sources.Previous,
            Convert.ToHexStringLower(seed), copy.Chains, [.. pack.Files]);
        byte[] bytes = manifest.Write();
        pack.Finish(bytes, hubKey);
        return new PackSummary(manifest, Convert.ToHexStringLower(SHA256.HashData(bytes)), output.Length, warnings);
    }

    private void PutSources(PackWriter pack, PackSources sources)
    {
        pack.Add(PackLayout.Readme, Encoding.UTF8.GetBytes(PackReadme.Text));
        pack.Add(PackLayout.HubKey, Encoding.ASCII.GetBytes(PemEncoding.WriteString("PUBLIC KEY", hubKey.PublicKey.Span) + "\n"));
        pack.Add(PackLayout.Agents, PackAgents.Write(sources.Agents));
        foreach ((string path, byte[] content) in Decided(sources))
        {
            pack.Add(path, content);
        }

        foreach ((string path, byte[] content) in sources.Others)
        {
            pack.Add(path, content);
        }
    }

    private static IEnumerable<(string Path, byte[] Content)> Decided(PackSources sources) => new (string Path, byte[]? Content)[]
    {
        (PackLayout.RulePack, sources.RulePack),
        (sources.LedgerIsEvents ? PackLayout.LedgerEvents : PackLayout.LedgerSource, sources.Ledger),
        (PackLayout.Points, sources.Points),
        (PackLayout.Baseline, sources.Baseline),
    }.Where(f => f.Content is not null).Select(f => (f.Path, f.Content!));

    private static PackFactsReader ReadDecided(PackSources sources)
    {
        Dictionary<string, byte[]> files = Decided(sources).ToDictionary(f => f.Path, f => f.Content, StringComparer.Ordinal);
        PackFactsReader reader = new(files.GetValueOrDefault);
        return reader.Run(sources.Site, sources.AsOf) ? reader : throw new PackExportException(string.Join("; ", reader.Problems));
    }

    private async Task<IReadOnlyDictionary<string, PlantDefinition>> CopyChainsAsync(PackWriter pack, ChainCopy copy, string site, CancellationToken cancellation)
    {
        foreach (AgentKey agent in (await store.ListAgentsAsync(cancellation).ConfigureAwait(false)).Where(a => a.Site == site).OrderBy(a => a.Agent, StringComparer.Ordinal))
        {
            foreach (Guid incarnation in (await store.ListIncarnationsAsync(agent, cancellation).ConfigureAwait(false)).Order())
            {
                await copy.CopyAsync(agent, incarnation, cancellation).ConfigureAwait(false);
            }
        }

        SortedDictionary<string, PlantDefinition> definitions = new(StringComparer.Ordinal);
        foreach ((AgentKey agent, string hash) in copy.Definitions)
        {
            if (!definitions.ContainsKey(hash))
            {
                definitions[hash] = await store.FindDefinitionAsync(agent, Convert.FromHexString(hash), cancellation).ConfigureAwait(false)
                    ?? throw new PackExportException($"The store does not have the definition {hash} that batches of {agent.Agent} name.");
            }
        }

        foreach (PlantDefinition definition in definitions.Values)
        {
            pack.Add(PackLayout.Definition(definition.ConfigHash.Span), DefinitionCodec.Encode(definition));
        }

        return definitions;
    }

    private async Task<List<DeviceHour>> ReadBeforeAsync(string site, ObservationWindow window, int historyDays, CancellationToken cancellation)
    {
        List<DeviceHour> rows = [];
        for (int hour = window.FromHour - (24 * historyDays); hour < window.FromHour; hour += BlockHours)
        {
            rows.AddRange(await store.ReadDeviceHoursAsync(site, hour, Math.Min(hour + BlockHours, window.FromHour), cancellation).ConfigureAwait(false));
        }

        return AccountTable.Normalize(rows);
    }

    internal static ChainAudit Audit(
        IPackContent content, IReadOnlyDictionary<string, PackEntry> files, IReadOnlyDictionary<string, PlantDefinition> definitions, SampleDraw draw, int fromHour)
    {
        PackEntry[] batches = [.. files.Values.Where(e => e.Path.StartsWith(PackLayout.BatchFolder, StringComparison.Ordinal))];
        ChainPart[] parts = new ChainPart[batches.Length];
        Parallel.For(0, batches.Length, i => parts[i] = new BatchFileScan(batches[i], content, null, draw, fromHour).Run());
        ChainAudit audit = new(definitions);
        audit.Run(parts, content, files, fromHour);
        return audit;
    }

    /// <summary>The hub's own sums must be those of the batches, or somebody should know before the assessor does.</summary>
    private async Task<IReadOnlyList<BilingualText>> CompareAsync(string site, ObservationWindow window, List<DeviceHour> proved, CancellationToken cancellation)
    {
        List<DeviceHour> stated = [];
        for (int hour = window.FromHour; hour < window.ToHour; hour += BlockHours)
        {
            stated.AddRange(await store.ReadDeviceHoursAsync(site, hour, Math.Min(hour + BlockHours, window.ToHour), cancellation).ConfigureAwait(false));
        }

        HashSet<DeviceHour> known = [.. proved.Where(r => r.Account.Hour < window.ToHour)];
        DeviceHour[] differing = [.. AccountTable.Normalize(stated).Where(row => !known.Contains(row))];
        return differing.Length == 0 ? [] :
        [
            new BilingualText(
                $"中心的 {differing.Length} 条小时账目与包内批次之和不符，例如 {differing[0].Agent.Agent}/{differing[0].Device} {ShanghaiTime.AtHour(differing[0].Account.Hour):yyyy-MM-dd HH:mm}；包内以批次为准。",
                $"{differing.Length} hourly sums of the hub are not what the batches in the pack add up to, for instance {differing[0].Agent.Agent}/{differing[0].Device} at {ShanghaiTime.AtHour(differing[0].Account.Hour):yyyy-MM-dd HH:mm}; the pack states what the batches say."),
        ];
    }

    private static string IdOf(PackSources sources, byte[] seed) =>
        $"{PackPath.PartOf(sources.Site)}-{sources.AsOf.ToOffset(ShanghaiTime.Offset):yyyyMMdd'T'HHmm}-{Convert.ToHexStringLower(seed.AsSpan(0, 4))}";
}
