using EdgeAgent.Assessment.Evidence.Chains;
using EdgeAgent.Assessment.Evidence.Container;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>Everything in a pack that follows from something else in it. The export writes it, the verification makes it again and compares.</summary>
internal static class PackDerivation
{
    /// <param name="challenges">The log of live challenges, or null where there is none.</param>
    public static IEnumerable<(string Path, byte[] Content)> Files(
        PackFacts facts,
        AssessmentResult report,
        ChainAudit audit,
        SampleDraw draw,
        IPackContent content,
        IReadOnlyDictionary<string, PackEntry> files,
        IReadOnlyDictionary<string, PlantDefinition> definitions,
        byte[]? challenges)
    {
        yield return (PackLayout.Metrics, AssessmentResultJson.Write(report));
        yield return (PackLayout.Ledger, PackLedger.Table(facts.Ledger));
        yield return (PackLayout.Coverage, PackTables.Coverage(report.Devices));
        yield return (PackLayout.Bindings, PackTables.Bindings(facts.Accounts));
        yield return (PackLayout.Accounts, AccountTable.Write(facts.Accounts));
        yield return (PackLayout.Gaps, PackTables.Gaps(audit.Gaps, facts.Accounts));
        yield return (PackLayout.Samples, SampleTable.Write(audit, draw, content, files, definitions));
        if (challenges is not null)
        {
            yield return (PackLayout.ChallengeTable, ChallengeTable.Write(challenges));
        }
    }
}
