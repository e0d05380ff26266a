using System.CommandLine;
using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Commands.Ledger;

/// <summary><c>edgeagent ledger bind</c>: which asset an agent's device is, from when to when.</summary>
internal static class LedgerBindCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> source = new("device") { Description = "agent/device, as the agent's configuration names them." };
        Argument<string?> asset = new("asset") { Description = "The asset; left out with --to: end the binding that holds.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> config = LedgerFolder.ConfigOption();
        Option<string> from = new("--from") { Description = "First instant.", DefaultValueFactory = _ => "now" };
        Option<string?> to = new("--to") { Description = "End; left out: it holds on." };
        Option<string> by = LedgerFolder.ByOption();
        Option<string> why = LedgerFolder.WhyOption();
        Command command = new("bind", "Bind a device to an asset, or end a binding.") { source, asset, config, from, to, by, why };
        command.SetAction(parsed => LedgerFolder.Use(context, parsed.GetRequiredValue(config), folder =>
        {
            if (parsed.GetRequiredValue(source).Split('/', 2) is not [var agent, var device])
            {
                throw CommandFailure.BadUsage($"'{parsed.GetRequiredValue(source)}': agent/device expected.");
            }

            long? end = parsed.GetValue(to) is { } text ? folder.Instant(text, "--to") : null;
            DeviceBinding binding = parsed.GetValue(asset) is { } assetNo
                ? new DeviceBinding(agent, device, assetNo, folder.Instant(parsed.GetValue(from)!, "--from"), end)
                : Ended(folder, agent, device, end);
            return folder.Record(new BindingSet(binding), parsed.GetValue(by)!, parsed.GetRequiredValue(why));
        }));
        return command;
    }

    private static DeviceBinding Ended(LedgerFolder folder, string agent, string device, long? end)
    {
        long at = end ?? throw CommandFailure.BadUsage("Give the asset to bind to, or --to to end the binding that holds.");
        return folder.Ledger.Read().Latest.FindBinding(agent, device, at - 1) is { } holding
            ? holding with { ToTicks = at }
            : throw CommandFailure.BadUsage($"{agent}/{device} is bound to nothing then; `edgeagent ledger show` lists the bindings.");
    }
}
