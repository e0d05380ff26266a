using System.Text;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Assessment.Spreadsheets;

namespace EdgeAgent.Assessment.Reports.Workbooks;

/// <summary>The lists behind the forms as one workbook: devices, exclusions, coverage by device, unledgered sources, findings, raw samples.</summary>
public static class AssessmentWorkbook
{
    public const string FileName = "设备清单与覆盖率.xlsx";

    /// <param name="samples">The table of raw samples of an evidence pack; null leaves the sheet out.</param>
    public static byte[] Write(FormInputs inputs, byte[]? samples)
    {
        using WorkbookWriter book = new();
        Devices(book, inputs);
        Exclusions(book, inputs);
        Coverage(book, inputs);
        Unledgered(book, inputs);
        Findings(book, inputs);
        if (samples is not null)
        {
            Samples(book, inputs, samples);
        }

        return book.ToBytes();
    }

    private static string[] Title(FormInputs inputs) =>
        [.. new[] { inputs.Label, $"{inputs.Profile?.Name ?? inputs.Result.Site}    {inputs.Footer}" }.Where(line => line.Length > 0)];

    private static void Devices(WorkbookWriter book, FormInputs inputs)
    {
        SheetWriter sheet = book.AddSheet(
            "设备清单",
            [new("资产编号"), new("设备名称", 24), new("型号"), new("制造商", 18), new("车间"), new("工序"), new("关键工序", 10), new("状态", 10), new("投用日期"), new("数字化", 12), new("联网", 8), new("未计入联网的原因", 30)],
            Title(inputs));
        foreach (DeviceResult device in inputs.Result.Devices)
        {
            LedgerEntry? entry = inputs.Ledger.Find(device.AssetNo);
            sheet.AddRow(
                device.AssetNo, device.Name, entry?.Model, entry?.Maker, device.Workshop, device.Process, entry?.IsKeyProcess == true ? "是" : "否",
                entry is null ? null : LedgerTerms.Statuses.Label(entry.Status), entry?.CommissionDate, DigitalText(device.Digital), device.Networked ? "是" : "否", string.Join(' ', device.Reasons.Select(r => r.Text())));
        }
    }

    private static void Exclusions(WorkbookWriter book, FormInputs inputs)
    {
        SheetWriter sheet = book.AddSheet(
            "排除清单", [new("资产编号"), new("设备名称", 24), new("类别"), new("状态", 10), new("原因", 22), new("佐证", 30), new("备注", 30), new("统计期内有数据", 14)], Title(inputs));
        foreach (ExcludedAsset asset in inputs.Result.Exclusions)
        {
            sheet.AddRow(asset.AssetNo, asset.Name, asset.Category, asset.Status, asset.Reason.Text(), string.Join("；", asset.Evidence), asset.Remark, asset.HasData ? "是" : "否");
        }
    }

    private static void Coverage(WorkbookWriter book, FormInputs inputs)
    {
        SheetWriter sheet = book.AddSheet(
            "设备覆盖率",
            [new("资产编号"), new("设备名称", 24), new("覆盖率", 10), new("有效数", 12), new("应采数", 12), new("无账数", 10), new("变化数", 12), new("活跃天数", 10), new("应活跃天数", 12), new("观察小时", 10), new("数据源", 60)],
            Title(inputs));
        foreach (DeviceResult device in inputs.Result.Devices)
        {
            sheet.AddRow(
                device.AssetNo, device.Name, device.Coverage.D == 0 ? SheetCell.Blank : SheetCell.Percent((decimal)device.Coverage.N / device.Coverage.D), device.Good, device.Expected, device.Unaccounted,
                device.Changed, (long)device.ActiveDays, (long)device.RequiredDays, (long)device.ObservedHours, string.Join("；", device.Sources));
        }
    }

    private static void Unledgered(WorkbookWriter book, FormInputs inputs)
    {
        SheetWriter sheet = book.AddSheet("差异清单", [new("采集端"), new("设备", 20), new("驱动"), new("地址", 40), new("绑定资产"), new("有效数", 12)], Title(inputs));
        foreach (UnledgeredSource source in inputs.Result.Unledgered)
        {
            sheet.AddRow(source.Agent, source.Device, source.Driver, source.Address, source.Asset, source.Good);
        }
    }

    private static void Findings(WorkbookWriter book, FormInputs inputs)
    {
        SheetWriter sheet = book.AddSheet("核查发现", [new("类型", 16), new("程度", 10), new("对象", 24), new("说明", 80), new("证据", 60)], Title(inputs));
        foreach (Finding finding in inputs.Result.Findings)
        {
            sheet.AddRow(finding.Label, SeverityText(finding.Severity), finding.Subject, finding.Text, string.Join("；", finding.Evidence.Select(e => $"{e.What} {e.Value}")));
        }
    }

    private static void Samples(WorkbookWriter book, FormInputs inputs, byte[] samples)
    {
        string[][] rows = [.. CsvRows.Read(Encoding.UTF8.GetString(samples).TrimStart('\uFEFF'))];
        if (rows.Length == 0)
        {
            return;
        }

        SheetWriter sheet = book.AddSheet("原始数据抽样", [.. rows[0].Select(header => new SheetColumn(header, header is "batchSha256" or "file" ? 60 : 18))], Title(inputs));
        foreach (string[] row in rows.Skip(1))
        {
            sheet.AddRow([.. row.Select(SheetCell.Text)]);
        }
    }

    private static string SeverityText(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Severe => "严重",
        FindingSeverity.Warning => "警告",
        _ => "提示",
    };

    private static string DigitalText(DigitalLevel level) => level switch
    {
        DigitalLevel.Observed => "实测",
        DigitalLevel.Evidenced => "有佐证",
        DigitalLevel.Declared => "仅申报",
        _ => "否",
    };
}
