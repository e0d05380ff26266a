using System.CommandLine;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Commands.Ledger;

/// <summary><c>edgeagent ledger rule</c>: a member of the rule pack set otherwise for this site; every result prints it.</summary>
internal static class LedgerRuleCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> path = new("path") { Description = "Place in the rule pack, for instance $.minCoverage." };
        Argument<string?> value = new("value") { Description = "The value as JSON; left out: what the pack says holds again.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> config = LedgerFolder.ConfigOption();
        Option<string> by = LedgerFolder.ByOption();
        Option<string> why = LedgerFolder.WhyOption();
        Command command = new("rule", "Override a rule for this site; who, when and why are printed in every result.") { path, value, config, by, why };
        command.SetAction(parsed => LedgerFolder.Use(context, parsed.GetRequiredValue(config), folder =>
        {
            RuleOverride set = new(parsed.GetRequiredValue(path), parsed.GetValue(value) ?? "");
            if (set.Value.Length > 0)
            {
                try
                {
                    RulePackCatalog.WithOverrides(folder.Hub.RulePack, [.. folder.Ledger.Read().Latest.Overrides.Where(o => o.Path != set.Path), set]);
                }
                catch (RulePackException problem)
                {
                    throw CommandFailure.BadUsage(problem.Message);
                }
            }

            return folder.Record(new RuleSet(set), parsed.GetValue(by)!, parsed.GetRequiredValue(why));
        }));
        return command;
    }
}
