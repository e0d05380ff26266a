namespace EdgeAgent.Assessment.Ledger;

/// <summary>Areas and processes of a plant: those that were declared and those that assets name, each once.</summary>
/// <remarks>An area without an asset counts, and one that only an asset names does too: neither silence makes a denominator smaller.</remarks>
public static class PlantMap
{
    /// <summary>In the order of their keys. An asset that names a workshop only stands in the workshop as a whole.</summary>
    public static IReadOnlyList<PlantArea> Areas(DeviceLedger ledger, IEnumerable<LedgerEntry> assets)
    {
        Dictionary<string, PlantArea> areas = ledger.DeclaredAreas.ToDictionary(a => a.Key, StringComparer.Ordinal);
        foreach (LedgerEntry asset in assets.Where(a => a.Workshop.Length > 0 || a.Line.Length > 0))
        {
            PlantArea area = AreaOf(asset)!;
            areas.TryAdd(area.Key, area);
        }

        return [.. areas.Values.OrderBy(a => a.Key, StringComparer.Ordinal)];
    }

    /// <summary>The area in which an asset stands; null when its line of the ledger names none.</summary>
    public static PlantArea? AreaOf(LedgerEntry asset) =>
        asset.Workshop.Length > 0 || asset.Line.Length > 0 ? new PlantArea(asset.Workshop, asset.Line) : null;

    /// <summary>In the order of their names; key when it was declared so or one of its assets says so.</summary>
    public static IReadOnlyList<PlantProcess> Processes(DeviceLedger ledger, IEnumerable<LedgerEntry> assets)
    {
        Dictionary<string, PlantProcess> processes = ledger.DeclaredProcesses.ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (LedgerEntry asset in assets.Where(a => a.Process.Length > 0))
        {
            PlantProcess known = processes.GetValueOrDefault(asset.Process) ?? new PlantProcess(asset.Process, IsKey: false, asset.Workshop);
            processes[asset.Process] = known with { IsKey = known.IsKey || asset.IsKeyProcess };
        }

        return [.. processes.Values.OrderBy(p => p.Name, StringComparer.Ordinal)];
    }
}
