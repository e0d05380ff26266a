using System.CommandLine;
using System.Globalization;
using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Commands.Ledger;

/// <summary><c>edgeagent ledger stop</c>: a declared stop (停机申报) of an asset or of the whole site.</summary>
internal static class LedgerStopCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> asset = new("asset") { Description = "The asset, or all; with --withdraw the stop's id." };
        Option<string> config = LedgerFolder.ConfigOption();
        Option<string?> from = new("--from") { Description = "First instant." };
        Option<string?> to = new("--to") { Description = "End." };
        Option<bool> withdraw = new("--withdraw") { Description = "Take a declared stop back." };
        Option<string> by = LedgerFolder.ByOption();
        Option<string> why = LedgerFolder.WhyOption();
        Command command = new("stop", "Declare a stop: readings are not due while it lasts. It counts from reports made after it was declared.") { asset, config, from, to, withdraw, by, why };
        command.SetAction(parsed => LedgerFolder.Use(context, parsed.GetRequiredValue(config), folder =>
        {
            string named = parsed.GetRequiredValue(asset);
            (string who, string reason) = (parsed.GetValue(by)!, parsed.GetRequiredValue(why));
            if (parsed.GetValue(withdraw))
            {
                return folder.Record(new StopWithdrawn(named), who, reason);
            }

            if (parsed.GetValue(from) is not { } begins || parsed.GetValue(to) is not { } ends)
            {
                throw CommandFailure.BadUsage("--from and --to are needed.");
            }

            // The next event's number: a stop that is withdrawn does not give its id to another.
            string id = string.Create(CultureInfo.InvariantCulture, $"S-{folder.Ledger.Read().Events.Count + 1}");
            DeclaredStop stop = new(id, named == "all" ? "" : named, folder.Instant(begins, "--from"), folder.Instant(ends, "--to"), reason);
            return folder.Record(new StopSet(stop), who, reason);
        }));
        return command;
    }
}
