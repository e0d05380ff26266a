using System.Globalization;
using EdgeAgent.Assessment.Evidence.Container;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence.Chains;

/// <summary>Puts the batch files of a pack together to chains, and what they say to accounts and samples.</summary>
internal sealed class ChainAudit(IReadOnlyDictionary<string, PlantDefinition> definitions)
{
    private readonly List<PackProblem> _problems = [];

    public IReadOnlyList<PackProblem> Problems => _problems;

    /// <summary>The stretches, by agent and incarnation.</summary>
    public List<PackChain> Chains { get; } = [];

    /// <summary>Accounts from the first hour of the window on, added up from the batches.</summary>
    public List<DeviceHour> Accounts { get; private set; } = [];

    /// <summary>Lost sequences with what declares them.</summary>
    public List<ChainGap> Gaps { get; } = [];

    public Dictionary<SourceRow, LowestRanks> Samples { get; } = [];

    /// <param name="parts">The files in any order.</param>
    public void Run(IEnumerable<ChainPart> parts, IPackContent content, IReadOnlyDictionary<string, PackEntry> files, int fromHour)
    {
        List<DeviceHour> rows = [];
        foreach (IGrouping<(AgentKey Agent, Guid Incarnation), ChainPart> chain in parts.Where(p => p.Batches > 0)
            .GroupBy(p => (p.Agent, p.Incarnation)).OrderBy(g => g.Key.Agent.Agent, StringComparer.Ordinal).ThenBy(g => g.Key.Incarnation))
        {
            List<ChainPart> ordered = [.. chain.OrderBy(p => p.First)];
            List<SequenceRange> missing = Join(ordered);
            List<(ChainPart Part, DeclaredLoss Loss)> losses = [.. ordered.SelectMany(p => p.Losses.Select(l => (p, l)))];
            Settle(chain.Key.Agent, chain.Key.Incarnation, ordered, missing, losses);
            foreach (ChainPart part in ordered)
            {
                AddSums(part, rows);
                AddSamples(part);
            }

            LossAccounts.Add(chain.Key.Agent, ordered, losses, content, files, definitions, fromHour, rows);
        }

        Accounts = AccountTable.Normalize(rows);
    }

    private List<SequenceRange> Join(List<ChainPart> ordered)
    {
        List<SequenceRange> missing = [.. ordered[0].Missing];
        for (int i = 1; i < ordered.Count; i++)
        {
            (ChainPart before, ChainPart part) = (ordered[i - 1], ordered[i]);
            missing.AddRange(part.Missing);
            if (part.First <= before.Last)
            {
                Problem(part.File, part.First, $"the sequences up to {before.Last} are in {before.File} already", $"{before.Last} 及以前的序号已在 {before.File} 中");
            }
            else if (part.First > before.Last + 1)
            {
                missing.Add(new SequenceRange(before.Last + 1, part.First - 1));
            }
            else if (!part.FirstPrevious.AsSpan().SequenceEqual(before.LastHash))
            {
                Problem(part.File, part.First, $"it names another predecessor than the last batch of {before.File}: one of the two was changed", $"所记的前一批次与 {before.File} 的最后一批不符：两者之一被改动");
            }
        }

        return missing;
    }

    private void Settle(AgentKey agent, Guid incarnation, List<ChainPart> ordered, List<SequenceRange> missing, List<(ChainPart Part, DeclaredLoss Loss)> losses)
    {
        foreach (SequenceRange range in missing.OrderBy(r => r.First))
        {
            for (long at = range.First; at <= range.Last;)
            {
                (ChainPart? part, DeclaredLoss? loss) = losses.Where(l => l.Loss.Range.FirstSequence <= at && l.Loss.Range.LastSequence >= at)
                    .OrderByDescending(l => l.Loss.Range.LastSequence).FirstOrDefault();
                if (loss is null)
                {
                    long next = losses.Where(l => l.Loss.Range.FirstSequence > at).Select(l => l.Loss.Range.FirstSequence).DefaultIfEmpty(range.Last + 1).Min();
                    long last = Math.Min(range.Last, next - 1);
                    Problem(ordered.Last(p => p.First <= at).File, at, $"batches {at} to {last} of {agent.Agent} are not there, and no batch declares them as given up", $"{agent.Agent} 的批次 {at} 至 {last} 不在包内，也没有批次申报其丢失");
                    at = last + 1;
                    continue;
                }

                long end = Math.Min(range.Last, loss.Range.LastSequence);
                Gaps.Add(new ChainGap(agent.Agent, incarnation, at, end, loss.Range.Reason, loss.DeclaredIn, loss.Range.FirstTicks, loss.Range.LastTicks));
                at = end + 1;
            }
        }

        Chains.Add(new PackChain(
            agent.Agent, incarnation.ToString("N"), ordered[0].First, ordered[^1].Last, ordered.Sum(p => p.Batches), Convert.ToHexStringLower(ordered[^1].LastHash)));
    }

    private void AddSums(ChainPart part, List<DeviceHour> rows)
    {
        foreach ((SourceHour key, ScanAccount account) in part.Sums)
        {
            if (DeviceOf(part, key.Definition, key.DeviceId) is { } device)
            {
                rows.Add(new DeviceHour(part.Agent, device.Name, device.Asset, device.Driver, device.Address, account));
            }
        }
    }

    private void AddSamples(ChainPart part)
    {
        foreach (((int definition, int deviceId), LowestRanks ranks) in part.Samples)
        {
            if (DeviceOf(part, definition, deviceId) is not { } device)
            {
                continue;
            }

            SourceRow row = new(part.Agent.Agent, device.Name, device.Driver, device.Address, device.Asset);
            if (!Samples.TryGetValue(row, out LowestRanks? all))
            {
                all = new LowestRanks();
                Samples.Add(row, all);
            }

            foreach (SampleCandidate candidate in ranks.Kept)
            {
                if (all.Takes(candidate.Rank))
                {
                    all.Add(candidate with { Definition = 0, ConfigHash = part.Definitions[definition] });
                }
            }
        }
    }

    private DeviceDefinition? DeviceOf(ChainPart part, int definition, int deviceId)
    {
        string name = part.Definitions[definition];
        if (!definitions.TryGetValue(name, out PlantDefinition? found))
        {
            AddOnce(new PackProblem(part.File, "", $"its batches name the definition {name}, which is not in the pack", $"批次引用的点表定义 {name} 不在包内"));
            return null;
        }

        if (deviceId < found.Devices.Count)
        {
            return found.Devices[deviceId];
        }

        AddOnce(new PackProblem(part.File, "", $"it has accounts of device {deviceId}, and the definition {name} has {found.Devices.Count} devices", $"含有设备 {deviceId} 的账目，而定义 {name} 只有 {found.Devices.Count} 台设备"));
        return null;
    }

    private void AddOnce(PackProblem problem)
    {
        if (!_problems.Contains(problem))
        {
            _problems.Add(problem);
        }
    }

    private void Problem(string file, long sequence, string text, string chinese) =>
        _problems.Add(new PackProblem(file, string.Create(CultureInfo.InvariantCulture, $"sequence {sequence}"), text, chinese));
}
