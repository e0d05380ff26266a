using System.CommandLine;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Commands.Ledger;

/// <summary><c>edgeagent ledger show</c>: the ledger as a table, as of any instant.</summary>
internal static class LedgerShowCommand
{
    public static Command Create(CommandContext context)
    {
        Option<string> config = LedgerFolder.ConfigOption();
        Option<string> asOf = new("--as-of") { Description = "As it was recorded at this instant.", DefaultValueFactory = _ => "now" };
        Command command = new("show", "Print assets, areas, bindings, answers and stops.") { config, asOf };
        command.SetAction(parsed => LedgerFolder.Use(context, parsed.GetRequiredValue(config), folder =>
        {
            DeviceLedger ledger = folder.Ledger.Read().AsOf(folder.Instant(parsed.GetValue(asOf)!, "--as-of"));
            Write(context.Out, folder.Site, ledger);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static void Write(TextWriter output, string site, DeviceLedger ledger)
    {
        if (ledger.EventSequence == 0)
        {
            output.WriteLine($"Nothing was recorded for site {site} until then. `edgeagent ledger import FILE` begins it.");
            return;
        }

        output.WriteLine($"Site {site}, event {ledger.EventSequence}, SHA-256 {ledger.Sha256}");
        if (ledger.Profile is { } profile)
        {
            output.WriteLine($"{profile.Name}  {profile.CreditCode}  {profile.Industry}");
        }

        TextTable assets = new("Asset", "Name", "Workshop", "Line", "Process", "Key", "Category", "Status", "Since", "Until", "Basis", "Evidence");
        foreach (LedgerEntry a in ledger.Entries)
        {
            string evidence = string.Join("; ", a.Evidence.Concat(ledger.FilesOf(LedgerSubject.Asset(a.AssetNo)).Select(f => f.Name)));
            assets.Add(
                a.AssetNo, a.Name, a.Workshop, a.Line, a.Process, a.IsKeyProcess ? "是" : "", LedgerTerms.Label(a.Category), LedgerTerms.Label(a.Status),
                $"{a.CommissionDate:yyyy-MM-dd}", $"{a.RetireDate:yyyy-MM-dd}", LedgerTerms.Label(a.DigitalBasis), evidence);
        }

        Section(output, $"Assets ({ledger.Entries.Count})", ledger.Entries.Count, assets);
        TextTable areas = new("Workshop", "Line");
        IReadOnlyList<PlantArea> areaList = PlantMap.Areas(ledger, ledger.Entries);
        foreach (PlantArea area in areaList)
        {
            areas.Add(area.Workshop, area.Line);
        }

        Section(output, "Areas", areaList.Count, areas);
        TextTable bindings = new("Agent", "Device", "Asset", "From", "To", "Note");
        foreach (DeviceBinding b in ledger.Bindings)
        {
            bindings.Add(b.Agent, b.Device, b.AssetNo.Length == 0 ? "(none)" : b.AssetNo, LedgerFolder.Time(b.FromTicks), b.ToTicks is { } to ? LedgerFolder.Time(to) : "", b.Note);
        }

        Section(output, "Bindings", ledger.Bindings.Count, bindings);
        TextTable stops = new("Id", "Asset", "From", "To", "Logged", "Reason");
        foreach (DeclaredStop s in ledger.Stops)
        {
            stops.Add(s.Id, s.AssetNo.Length == 0 ? "(all)" : s.AssetNo, LedgerFolder.Time(s.FromTicks), LedgerFolder.Time(s.ToTicks), LedgerFolder.Time(s.LoggedAtTicks), s.Reason);
        }

        Section(output, "Declared stops", ledger.Stops.Count, stops);
        TextTable answers = new("Subject", "Answer", "Evidence");
        foreach (TypedAnswer a in ledger.Answers.Answers)
        {
            answers.Add($"item {a.Item}", string.Join(", ", a.Options.Concat(a.Numbers.Select(n => FormattableString.Invariant($"{n.Key}={n.Value}")))), Index(a.Evidence));
        }

        foreach (SceneLevel s in ledger.Answers.Scenes)
        {
            answers.Add(s.Scene, $"level {s.Level}", Index(s.Evidence));
        }

        Section(output, "Answers", ledger.Answers.Answers.Count + ledger.Answers.Scenes.Count, answers);
        TextTable overrides = new("Rule", "Value", "By", "At", "Why");
        foreach (Assessment.RulePacks.RuleOverride o in ledger.Overrides)
        {
            overrides.Add(o.Path, o.Value, o.Who, LedgerFolder.Time(o.AtTicks), o.Why);
        }

        Section(output, "Rules set otherwise", ledger.Overrides.Count, overrides);
    }

    private static string Index(IReadOnlyList<EvidenceReference> evidence) =>
        string.Join("; ", evidence.Select(e => e.Chapter.Length > 0 || e.Page.Length > 0 ? $"{e.Title} ({e.Chapter} p. {e.Page})" : e.Title));

    private static void Section(TextWriter output, string title, int rows, TextTable table)
    {
        if (rows > 0)
        {
            output.WriteLine();
            output.WriteLine($"{title}:");
            output.Write(table);
        }
    }
}
