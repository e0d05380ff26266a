using EdgeAgent.Assessment.Evidence.Container;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence.Chains;

/// <summary>Books what an agent declared as given up: due and missed, each sequence once, as the stores do.</summary>
/// <remarks>What counts are the rows of the widest declared ranges, less what batches that are there all the same had due in them.</remarks>
internal static class LossAccounts
{
    public static void Add(
        AgentKey agent,
        IReadOnlyList<ChainPart> parts,
        IReadOnlyList<(ChainPart Part, DeclaredLoss Loss)> losses,
        IPackContent content,
        IReadOnlyDictionary<string, PackEntry> files,
        IReadOnlyDictionary<string, PlantDefinition> definitions,
        int fromHour,
        List<DeviceHour> rows)
    {
        foreach ((ChainPart part, DeclaredLoss loss) in losses)
        {
            DiscardedRange range = loss.Range;
            if (range.Accounts.Count == 0 || losses.Any(other => Hides(other.Loss, loss)))
            {
                continue;
            }

            Dictionary<(string Device, int Hour, Provenance), long> due = [];
            foreach (DiscardedAccount row in range.Accounts)
            {
                if (row.Hour >= fromHour)
                {
                    due[(row.Device, row.Hour, row.Provenance)] = due.GetValueOrDefault((row.Device, row.Hour, row.Provenance)) + row.Due;
                }
            }

            SubtractStored(range, parts, content, files, definitions, due);
            PlantDefinition? naming = definitions.GetValueOrDefault(part.Definitions[loss.Definition]);
            foreach (((string name, int hour, Provenance provenance), long missed) in due.Where(d => d.Value > 0))
            {
                DeviceDefinition device = naming?.Devices.FirstOrDefault(d => d.Name == name)
                    ?? definitions.Values.SelectMany(d => d.Devices).FirstOrDefault(d => d.Name == name)
                    ?? new DeviceDefinition(name, "", "", "");
                rows.Add(new DeviceHour(
                    agent, device.Name, device.Asset, device.Driver, device.Address, new ScanAccount(0, hour, provenance, missed, 0, 0, missed, 0, 0, 0, 0, 0)));
            }
        }
    }

    /// <summary>Whether a loss is told by a wider one, or by an earlier declaration of the very same range.</summary>
    private static bool Hides(DeclaredLoss other, DeclaredLoss loss)
    {
        DiscardedRange a = other.Range, b = loss.Range;
        bool holds = a.Accounts.Count > 0 && a.FirstSequence <= b.FirstSequence && a.LastSequence >= b.LastSequence;
        bool same = a.FirstSequence == b.FirstSequence && a.LastSequence == b.LastSequence;
        return holds && (!same || other.DeclaredIn < loss.DeclaredIn);
    }

    private static void SubtractStored(
        DiscardedRange range,
        IReadOnlyList<ChainPart> parts,
        IPackContent content,
        IReadOnlyDictionary<string, PackEntry> files,
        IReadOnlyDictionary<string, PlantDefinition> definitions,
        Dictionary<(string Device, int Hour, Provenance), long> due)
    {
        DecodedBatch batch = new();
        foreach (ChainPart part in parts.Where(p => p.First <= range.LastSequence && p.Last >= range.FirstSequence))
        {
            BatchRecords records = new(content, files[part.File]);
            while (records.MoveNext())
            {
                if (BatchReader.TryReadAccounts(records.Batch, batch, BatchLimits.Default) != BatchReadStatus.Ok
                    || batch.Sequence < range.FirstSequence || batch.Sequence > range.LastSequence
                    || !definitions.TryGetValue(Convert.ToHexStringLower(batch.ConfigHash.Span), out PlantDefinition? definition))
                {
                    continue;
                }

                foreach (ScanAccount account in batch.Accounts.Where(a => a.DeviceId < definition.Devices.Count))
                {
                    (string, int, Provenance) key = (definition.Devices[account.DeviceId].Name, account.Hour, account.Provenance);
                    if (due.TryGetValue(key, out long left))
                    {
                        due[key] = Math.Max(0, left - account.Due);
                    }
                }
            }
        }
    }
}
