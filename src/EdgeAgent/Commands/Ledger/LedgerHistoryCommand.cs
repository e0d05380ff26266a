using System.CommandLine;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Commands.Ledger;

/// <summary><c>edgeagent ledger history</c>: who changed what, when and why, and whether the files are what was attached.</summary>
internal static class LedgerHistoryCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string?> asset = new("asset") { Description = "Only of this asset, or of a subject such as item:7.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> config = LedgerFolder.ConfigOption();
        Command command = new("history", "Print every change; checks the chain of events and the attached files. Exit code 3 when a file is not what was attached.") { asset, config };
        command.SetAction(parsed => LedgerFolder.Use(context, parsed.GetRequiredValue(config), folder =>
        {
            LedgerHistory history = folder.Ledger.Read();
            string? subject = parsed.GetValue(asset) is not { } named ? null : named.Contains(':') ? named : LedgerSubject.Asset(named);
            TextTable table = new("Event", "Time", "By", "Subject", "What", "Why", "Origin");
            foreach (SubjectChange change in HistoryText.Changes(history, subject))
            {
                LedgerEvent e = change.Event;
                table.Add($"{e.Sequence}", LedgerFolder.Time(e.AtTicks), e.Who, change.Subject, change.What, e.Why, e.Origin);
            }

            context.Out.Write(table);
            string[] damaged = [.. history.Latest.Files.Where(f => !folder.Ledger.Files.IsIntact(f.Sha256)).Select(f => $"{f.Subject} {f.Name} sha256:{f.Sha256}")];
            foreach (string file in damaged)
            {
                context.Error.WriteLine($"The file is missing or is not what was attached: {file}");
            }

            context.Out.WriteLine($"{history.Events.Count} events, each following on the one before; newest {history.HeadHash}; {history.Latest.Files.Count - damaged.Length} of {history.Latest.Files.Count} files as attached.");
            return damaged.Length == 0 ? ExitCodes.Done : ExitCodes.DoesNotHold;
        }));
        return command;
    }
}
