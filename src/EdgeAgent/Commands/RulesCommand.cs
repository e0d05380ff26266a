using System.CommandLine;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent rules</c>: the rule packs, what is in them, and whether a file is one.</summary>
internal static class RulesCommand
{
    public static Command Create(CommandContext context)
    {
        Command command = new("rules", "See the rules of the assessment, with the source of each, and check a rule pack of your own.");
        command.Add(List(context));
        command.Add(Show(context));
        command.Add(Check(context));
        command.Add(Schema(context));
        return command;
    }

    private static Command List(CommandContext context)
    {
        Command list = new("list", "The rule packs that come with the program.");
        list.SetAction(_ =>
        {
            TextTable table = new("Id", "Version", "Base", "SHA-256", "Title");
            foreach (LoadedRulePack pack in RulePackCatalog.EmbeddedIds.Select(Load))
            {
                RulePack rules = pack.Rules;
                table.Add(rules.Id, rules.Version, rules.Base ?? "", pack.Sha256, rules.Title + (rules.BandsOnly ? " (bands only)" : ""));
            }

            context.Out.Write(table);
            return ExitCodes.Done;
        });
        return list;
    }

    private static Command Show(CommandContext context)
    {
        Argument<string> name = new("pack") { Description = "A built-in rule pack or a .json file." };
        Option<bool> json = new("--json") { Description = "Print the whole pack, with what it has from its base, as JSON." };
        Command show = new("show", "Print a rule pack: numbers, questionnaire, scenes, levels, subsidies, and where each comes from.") { name, json };
        show.SetAction(parsed =>
        {
            LoadedRulePack pack = Load(parsed.GetRequiredValue(name));
            context.Out.WriteLine(parsed.GetValue(json) ? RulePackText.Json(pack.Rules) : RulePackText.Write(pack).TrimEnd());
            return ExitCodes.Done;
        });
        return show;
    }

    private static Command Check(CommandContext context)
    {
        Argument<string> file = new("file") { Description = "The .json file of a rule pack, or a built-in one." };
        Command check = new("check", "Check a rule pack; every problem is named with its place.") { file };
        check.SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(file);
            try
            {
                LoadedRulePack pack = RulePackCatalog.Load(name, bandsToo: true);
                int unofficial = pack.Rules.Sources.Count(s => s.Value.IsUnchecked);
                context.Out.WriteLine($"{name}: rule pack {pack.Rules.Id} version {pack.Rules.Version}, SHA-256 {pack.Sha256}; {unofficial} of {pack.Rules.Sources.Count} sources are not official.");
                return ExitCodes.Done;
            }
            catch (RulePackException problem)
            {
                foreach (string line in problem.Problems)
                {
                    context.Out.WriteLine($"{name}: {line}");
                }

                throw CommandFailure.BadUsage($"{name}: {problem.Problems.Count} {(problem.Problems.Count == 1 ? "problem" : "problems")}.");
            }
        });
        return check;
    }

    private static Command Schema(CommandContext context)
    {
        Command schema = new("schema", "Print the JSON Schema of rule packs, so that an editor can help with one.");
        schema.SetAction(_ => context.Out.Write(RulePackSchema.Text()));
        return schema;
    }

    private static LoadedRulePack Load(string name)
    {
        try
        {
            return RulePackCatalog.Load(name, bandsToo: true);
        }
        catch (RulePackException problem)
        {
            throw CommandFailure.BadUsage(problem.Message);
        }
    }
}
