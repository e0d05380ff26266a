using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Ledger.Storage;

/// <summary>Where a hub's ledger comes from: what was recorded in its data directory, or the CSV file of its configuration until
/// anything was.</summary>
public static class LedgerSource
{
    /// <summary>The ledger at an instant. A file has no history: it is the same for every instant.</summary>
    /// <param name="csvPath">The file of the configuration; null when it names none.</param>
    /// <returns>The ledger, or the problems of the file; no ledger and no problem when there is neither.</returns>
    /// <exception cref="LedgerDamagedException">The recorded ledger is not what was written.</exception>
    public static LedgerImport Load(string dataDirectory, string site, string? csvPath, DateTimeOffset asOf, TimeProvider time) =>
        SiteLedger.Exists(dataDirectory, site) ? new LedgerImport(SiteLedger.Open(dataDirectory, site, time).Read().AsOf(UnixTicks.From(asOf)), [], "events")
        : csvPath is not null ? LedgerCsv.ReadFile(csvPath)
        : new LedgerImport(null, [], "");
}
