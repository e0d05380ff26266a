using System.CommandLine;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Commands.Ledger;

/// <summary><c>edgeagent ledger import</c>: a CSV or XLSX file into the ledger, everything or nothing.</summary>
internal static class LedgerImportCommand
{
    /// <summary>Lines of each kind that are printed; the rest is counted.</summary>
    private const int ShownMax = 50;

    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("file") { Description = "The ledger, .csv or .xlsx, with Chinese or English headers." };
        Option<string> config = LedgerFolder.ConfigOption();
        Option<string> by = LedgerFolder.ByOption();
        Option<string?> why = new("--why") { Description = "The reason, in words; needed unless it is a dry run." };
        Option<bool> dryRun = new("--dry-run") { Description = "Say what would be added and changed, and record nothing." };
        Option<bool> complete = new("--complete") { Description = "The file is the whole ledger: take out assets that it does not have." };
        Command command = new("import", "Bring a ledger file in: every bad row is named, and nothing is imported by halves.") { file, config, by, why, dryRun, complete };
        command.SetAction(parsed => LedgerFolder.Use(context, parsed.GetRequiredValue(config), folder =>
        {
            string path = parsed.GetRequiredValue(file);
            LedgerPreview preview = LedgerImporter.Preview(
                folder.Ledger.Read(), Path.GetFileName(path), LedgerFolder.ReadFile(path), parsed.GetValue(complete), folder.LoadRules());
            Write(context.Out, preview);
            if (preview.Errors.Count > 0)
            {
                throw CommandFailure.BadUsage($"{preview.Errors.Count} problems; nothing was imported.");
            }

            if (parsed.GetValue(dryRun) || !preview.CanRecord)
            {
                context.Out.WriteLine(preview.CanRecord ? "Dry run: nothing was recorded." : "Nothing to record.");
                return ExitCodes.Done;
            }

            string reason = parsed.GetValue(why) ?? throw CommandFailure.BadUsage("--why is missing: say why the ledger changes.");
            folder.Say(LedgerImporter.Record(folder.Ledger, preview, parsed.GetValue(by)!, reason, context.Time, folder.LoadRules()));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static void Write(TextWriter output, LedgerPreview preview)
    {
        foreach (LedgerProblem problem in preview.Errors.Take(ShownMax))
        {
            output.WriteLine(problem);
        }

        if (preview.Errors.Count > ShownMax)
        {
            output.WriteLine($"... and {preview.Errors.Count - ShownMax} more");
        }

        if (preview.Errors.Count > 0)
        {
            return;
        }

        TextTable table = new("Row", "Asset", "Name", "What");
        foreach (AssetChange add in preview.Adds.Take(ShownMax))
        {
            table.Add($"{add.Row}", add.AssetNo, add.Name, "new");
        }

        foreach (AssetChange change in preview.Changes.Take(ShownMax))
        {
            table.Add($"{change.Row}", change.AssetNo, change.Name, string.Join("; ", change.Fields.Select(f => $"{f.Field}: {f.Before} → {f.After}")));
        }

        output.Write(table);
        if (preview.Others.Count > 0)
        {
            TextTable others = new("Sheet", "Row", "Subject", "What");
            foreach (PartChange other in preview.Others.Take(ShownMax))
            {
                others.Add(other.Sheet, other.Row == 0 ? "" : $"{other.Row}", other.Subject, other.Kind == PartChangeKind.Add ? $"new: {other.What}" : other.What);
            }

            output.Write(others);
        }

        string missing = preview.Missing.Count == 0 ? "" : preview.RemovesMissing
            ? $"; {preview.Missing.Count} to be taken out: {string.Join(", ", preview.Missing.Take(ShownMax))}"
            : $"; {preview.Missing.Count} of the ledger are not in the file and stay";
        output.WriteLine($"{preview.Rows} assets in {preview.File}: {preview.Adds.Count} new, {preview.Changes.Count} changed, {preview.Unchanged} unchanged{missing}{(preview.Others.Count == 0 ? "" : $"; {preview.Others.Count} changes in other sheets")}.");
        if (preview.PassedOver.Count > 0)
        {
            output.WriteLine($"Not read, as they are no part of a ledger: {string.Join(", ", preview.PassedOver)}.");
        }
    }
}
