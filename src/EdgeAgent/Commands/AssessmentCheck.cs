using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Commands;

/// <summary>Checks the ledger and the rule pack that a hub's configuration names.</summary>
/// <remarks>Part of <c>check</c> only: a hub must start and store readings although somebody has just broken the ledger.</remarks>
internal static class AssessmentCheck
{
    public static void AddTo(ConfigErrors errors, HubConfig hub)
    {
        // One that is not there is an error of the configuration already.
        if (hub.Ledger is { } ledger && File.Exists(ledger))
        {
            foreach (LedgerProblem problem in LedgerCsv.ReadFile(ledger).Problems)
            {
                string place = problem.Row == 0 ? "" : problem.Column.Length == 0 ? $"row {problem.Row}" : $"row {problem.Row}, column {problem.Column}";
                string value = problem.Value.Length == 0 ? "" : $"'{problem.Value}' ";
                errors.Add(new ConfigPath(place, ledger), value + problem.Problem, problem.Expected, "");
            }
        }

        try
        {
            RulePackCatalog.Load(hub.RulePack);
        }
        catch (RulePackException e)
        {
            foreach (string problem in e.Problems)
            {
                errors.Add(ConfigPath.Root.Member("hub").Member("rulePack"), $"rule pack {hub.RulePack}: {problem}", "", $"one of {string.Join(", ", RulePackCatalog.EmbeddedIds)}, or a file as src/EdgeAgent.Assessment/RulePacks/README.md describes");
            }
        }
    }
}
