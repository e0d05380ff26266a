using System.CommandLine;
using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Commands.Ledger;

/// <summary><c>edgeagent ledger export</c>: the ledger as CSV or XLSX, as of any instant.</summary>
internal static class LedgerExportCommand
{
    public static Command Create(CommandContext context)
    {
        Option<string> config = LedgerFolder.ConfigOption();
        Option<string> output = new("--out", "-o") { Description = "The file to write: .csv, or .xlsx with areas, processes, bindings, stops, scenes, files and history too.", Required = true };
        Option<string> asOf = new("--as-of") { Description = "As it was recorded at this instant.", DefaultValueFactory = _ => "now" };
        Command command = new("export", "Write the ledger to a file; the same ledger gives the same bytes.") { config, output, asOf };
        command.SetAction(parsed => LedgerFolder.Use(context, parsed.GetRequiredValue(config), folder =>
        {
            string path = parsed.GetRequiredValue(output);
            long instant = folder.Instant(parsed.GetValue(asOf)!, "--as-of");
            LedgerHistory history = folder.Ledger.Read();
            DeviceLedger ledger = history.AsOf(instant);
            LedgerHistory until = new(history.Site, history.Between(long.MinValue, instant));
            byte[] bytes = Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".csv" => LedgerExport.Csv(ledger),
                ".xlsx" => LedgerExport.Workbook(ledger, until),
                _ => throw CommandFailure.BadUsage($"{path}: .csv or .xlsx expected."),
            };
            File.WriteAllBytes(path, bytes);
            context.Out.WriteLine($"{ledger.Entries.Count} assets written to {path}; the ledger's hash is {ledger.Sha256}.");
            return ExitCodes.Done;
        }));
        return command;
    }
}
