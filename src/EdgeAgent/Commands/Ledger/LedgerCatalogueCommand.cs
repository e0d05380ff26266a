using System.CommandLine;
using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands.Ledger;

/// <summary><c>edgeagent ledger catalogue</c>: the catalogue of collected data (数据台账) from what the store has.</summary>
internal static class LedgerCatalogueCommand
{
    private const int DaysDefault = 30;

    public static Command Create(CommandContext context)
    {
        Option<string> config = LedgerFolder.ConfigOption();
        Option<string?> output = new("--out", "-o") { Description = "The file to write, .csv or .xlsx; left out: a table is printed." };
        Option<int> days = new("--days") { Description = "Readings of so many days are counted.", DefaultValueFactory = _ => DaysDefault };
        Command command = new("catalogue", "List what is collected: type, purpose, amount, source, users (数据台账).") { config, output, days };
        command.SetAction((parsed, cancellation) => RunAsync(
            context, parsed.GetRequiredValue(config), parsed.GetValue(output), parsed.GetValue(days), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string file, string? output, int days, CancellationToken cancellation)
    {
        if (days is < 1 or > 366)
        {
            throw CommandFailure.BadUsage("--days: 1 to 366 expected.");
        }

        LedgerFolder? opened = null;
        LedgerFolder.Use(context, file, folder =>
        {
            opened = folder;
            return ExitCodes.Done;
        });
        LedgerFolder ledger = opened!;
        DataCatalogue catalogue;
        try
        {
            Core.Configuration.HubConfig hub = ConfigReport.LoadOrFail(file, "$.site", "$.hub.store", "$.hub.ledger").Config!.Hub!;
            DeviceLedger known = LedgerSource.Load(hub.DataDirectory, ledger.Site, hub.Ledger, context.Time.GetUtcNow(), context.Time).Ledger ?? ledger.Ledger.Read().Latest;
            await using ITimeSeriesStore store = StoreFactory.CreateReader(hub.Store, context.Time, NullLoggerFactory.Instance);
            await store.InitializeAsync(cancellation);
            int end = UnixTicks.HourOf(UnixTicks.Now(context.Time)) + 1; // the present hour counts as far as it has come
            catalogue = await DataCatalogue.ReadAsync(store, ledger.Site, known, end - (days * 24), end, cancellation);
        }
        catch (Exception problem) when (problem is StoreUnavailableException or StoreDamagedException)
        {
            throw CommandFailure.Failed($"The store of site {ledger.Site} cannot be read: {problem.Message}", problem);
        }

        return Write(context, catalogue, output);
    }

    private static int Write(CommandContext context, DataCatalogue catalogue, string? output)
    {
        if (output is null)
        {
            TextTable table = new([.. DataCatalogue.Headers]);
            foreach (DataCatalogueEntry entry in catalogue.Entries)
            {
                table.Add([.. entry.Cells]);
            }

            context.Out.Write(table);
            return ExitCodes.Done;
        }

        File.WriteAllBytes(output, Path.GetExtension(output).ToLowerInvariant() switch
        {
            ".csv" => catalogue.Csv(),
            ".xlsx" => catalogue.Workbook(),
            _ => throw CommandFailure.BadUsage($"{output}: .csv or .xlsx expected."),
        });
        context.Out.WriteLine($"{catalogue.Entries.Count} series written to {output}.");
        return ExitCodes.Done;
    }
}
