using EdgeAgent.Assessment.Spreadsheets;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Writes a ledger as CSV or XLSX in the columns that an import reads. The same ledger gives the same bytes.</summary>
public static class LedgerExport
{
    /// <summary>Wide columns of the sheet, in digits; the others take the standard width.</summary>
    private static readonly Dictionary<LedgerField, double> Widths = new()
    {
        [LedgerField.Name] = 24, [LedgerField.Evidence] = 36, [LedgerField.Remark] = 30, [LedgerField.DigitalBasis] = 18,
    };

    public static byte[] Csv(DeviceLedger ledger) => CsvText.Write(
        [.. LedgerColumn.All.Select(c => c.Header)],
        ledger.Entries.Select(asset => (IReadOnlyList<string>)[.. LedgerColumn.All.Select(c => LedgerFields.Text(asset, c.Field))]));

    /// <param name="history">Written as a further sheet; null: left out.</param>
    public static byte[] Workbook(DeviceLedger ledger, LedgerHistory? history = null)
    {
        using WorkbookWriter workbook = new();
        SheetWriter assets = workbook.AddSheet("设备台账", [.. LedgerColumn.All.Select(c => new SheetColumn(c.Header, Widths.GetValueOrDefault(c.Field, 14)))]);
        foreach (LedgerEntry asset in ledger.Entries)
        {
            assets.AddRow([.. LedgerColumn.All.Select(c => Cell(asset, c))]);
        }

        AddPlant(workbook, ledger);
        if (history is not null)
        {
            AddHistory(workbook, history);
        }

        return workbook.ToBytes();
    }

    private static SheetCell Cell(LedgerEntry asset, LedgerColumn column) => column.Field switch
    {
        LedgerField.CommissionDate => asset.CommissionDate,
        LedgerField.RetireDate => asset.RetireDate,
        LedgerField.RetrofitDate => asset.RetrofitDate,
        LedgerField.ChangedAt => asset.ChangedAt,
        _ => LedgerFields.Text(asset, column.Field),
    };

    private static void AddPlant(WorkbookWriter workbook, DeviceLedger ledger)
    {
        SheetWriter areas = Sheet(workbook, LedgerPart.Areas);
        foreach (PlantArea area in PlantMap.Areas(ledger, ledger.Entries))
        {
            areas.AddRow(area.Workshop, area.Line, area.Note);
        }

        SheetWriter processes = Sheet(workbook, LedgerPart.Processes);
        foreach (PlantProcess process in PlantMap.Processes(ledger, ledger.Entries))
        {
            processes.AddRow(process.Name, process.IsKey ? "是" : "否", process.Workshop, process.Note);
        }

        SheetWriter bindings = Sheet(workbook, LedgerPart.Bindings);
        foreach (DeviceBinding binding in ledger.Bindings)
        {
            bindings.AddRow(binding.Agent, binding.Device, binding.AssetNo, Time(binding.FromTicks), binding.ToTicks is { } to ? Time(to) : SheetCell.Blank, binding.Note);
        }

        SheetWriter stops = Sheet(workbook, LedgerPart.Stops);
        foreach (DeclaredStop stop in ledger.Stops)
        {
            stops.AddRow(stop.Id, stop.AssetNo.Length == 0 ? "全部" : stop.AssetNo, Time(stop.FromTicks), Time(stop.ToTicks), stop.Reason, Time(stop.LoggedAtTicks));
        }

        SheetWriter scenes = Sheet(workbook, LedgerPart.Scenes);
        foreach (SceneLevel scene in ledger.Answers.Scenes)
        {
            scenes.AddRow(scene.Scene, scene.LevelBefore is { } before ? SheetCell.Integer(before) : SheetCell.Blank, SheetCell.Integer(scene.Level), PartComparison.Text(scene.Evidence), scene.Note);
        }

        SheetWriter files = Sheet(workbook, LedgerPart.Files);
        foreach (AttachedFile file in ledger.Files)
        {
            files.AddRow(file.Subject, file.Name, file.Kind, file.SizeBytes, file.Sha256);
        }
    }

    private static SheetWriter Sheet(WorkbookWriter workbook, LedgerPart part) =>
        workbook.AddSheet(part.Sheet, [.. part.Columns.Select(c => new SheetColumn(c.Header, c.Width))]);

    private static void AddHistory(WorkbookWriter workbook, LedgerHistory history)
    {
        SheetWriter sheet = workbook.AddSheet("变更记录", [new("序号"), new("时间", 24), new("变更人"), new("原因", 36), new("来源", 36), new("对象", 20), new("变更", 60), new("SHA-256", 68)]);
        foreach (SubjectChange change in HistoryText.Changes(history))
        {
            LedgerEvent happened = change.Event;
            sheet.AddRow(happened.Sequence, Time(happened.AtTicks), happened.Who, happened.Why, happened.Origin, change.Subject, change.What, happened.Hash);
        }
    }

    private static SheetCell Time(long ticks) => SheetCell.Time(LedgerCalendar.Local(ticks));
}
