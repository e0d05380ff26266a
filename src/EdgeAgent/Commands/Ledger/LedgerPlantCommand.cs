using System.CommandLine;
using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Commands.Ledger;

/// <summary><c>edgeagent ledger area</c> and <c>process</c>: parts of the plant that count whether or not an asset names them.</summary>
internal static class LedgerPlantCommand
{
    public static Command CreateArea(CommandContext context)
    {
        Argument<string> workshop = new("workshop") { Description = "车间." };
        Argument<string?> line = new("line") { Description = "产线; left out: the workshop as a whole.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> config = LedgerFolder.ConfigOption();
        Option<bool> remove = new("--remove") { Description = "Take the declaration back; areas that assets name stay." };
        Option<string> by = LedgerFolder.ByOption();
        Option<string> why = LedgerFolder.WhyOption();
        Command command = new("area", "Declare an area (车间/产线), also one without an asset.") { workshop, line, config, remove, by, why };
        command.SetAction(parsed => LedgerFolder.Use(context, parsed.GetRequiredValue(config), folder =>
        {
            PlantArea area = new(parsed.GetRequiredValue(workshop), parsed.GetValue(line) ?? "");
            LedgerChange change = parsed.GetValue(remove) ? new AreaRemoved(area.Key) : new AreaSet(area);
            return folder.Record(change, parsed.GetValue(by)!, parsed.GetRequiredValue(why));
        }));
        return command;
    }

    public static Command CreateProcess(CommandContext context)
    {
        Argument<string> name = new("name") { Description = "工序, as assets name it." };
        Option<string> config = LedgerFolder.ConfigOption();
        Option<bool> key = new("--key") { Description = "It is a key process (关键工序)." };
        Option<string?> workshop = new("--workshop") { Description = "车间 in which it takes place." };
        Option<bool> remove = new("--remove") { Description = "Take the declaration back; processes that assets name stay." };
        Option<string> by = LedgerFolder.ByOption();
        Option<string> why = LedgerFolder.WhyOption();
        Command command = new("process", "Declare a process (工序), key or not.") { name, config, key, workshop, remove, by, why };
        command.SetAction(parsed => LedgerFolder.Use(context, parsed.GetRequiredValue(config), folder =>
        {
            string named = parsed.GetRequiredValue(name);
            LedgerChange change = parsed.GetValue(remove)
                ? new ProcessRemoved(named)
                : new ProcessSet(new PlantProcess(named, parsed.GetValue(key), parsed.GetValue(workshop) ?? ""));
            return folder.Record(change, parsed.GetValue(by)!, parsed.GetRequiredValue(why));
        }));
        return command;
    }
}
