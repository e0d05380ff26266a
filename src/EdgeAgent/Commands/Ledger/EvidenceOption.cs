using System.CommandLine;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;

namespace EdgeAgent.Commands.Ledger;

/// <summary>The option by which answers name their evidence: a title, with chapter, page and file if there are.</summary>
internal static class EvidenceOption
{
    public static Option<string[]> Create() => new("--evidence")
    {
        Description = "An entry of the evidence index: title, title|chapter|page, or title|chapter|page|file; the file is attached. Give it once for each.",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The entries, and the files among them as changes that attach them.</summary>
    public static (IReadOnlyList<EvidenceReference> Evidence, IReadOnlyList<LedgerChange> Files) Read(SiteLedger ledger, string[] entries, string subject)
    {
        List<EvidenceReference> evidence = [];
        List<LedgerChange> files = [];
        foreach (string entry in entries)
        {
            string[] parts = entry.Split('|', StringSplitOptions.TrimEntries);
            string hash = "";
            if (parts.Length == 4)
            {
                AttachedFile file = LedgerAttachCommand.Keep(ledger, parts[3], "佐证材料", subject);
                files.Add(new FileAttached(file));
                hash = file.Sha256;
            }
            else if (parts.Length is not (1 or 3))
            {
                throw CommandFailure.BadUsage($"--evidence '{entry}': title, title|chapter|page or title|chapter|page|file expected.");
            }

            evidence.Add(new EvidenceReference(parts[0], hash, parts.Length > 1 ? parts[1] : "", parts.Length > 1 ? parts[2] : ""));
        }

        return (evidence, files);
    }
}
