namespace EdgeAgent.Assessment.Ledger;

/// <summary>A sheet beside the assets that an export writes and an import reads: its name and its columns.</summary>
/// <param name="Sheet">Name of the sheet; a file of somebody else may have one of that name with other columns, which is none of ours.</param>
internal sealed record LedgerPart(string Sheet, PartColumn[] Columns)
{
    private const int HeadersMin = 2;

    public static readonly LedgerPart Areas = new("区域", [new("车间", 20), new("产线", 20), new("备注", 30, LengthMax: 2000)]);

    public static readonly LedgerPart Processes = new(
        "工序", [new("工序", 20, Required: true), new("关键工序"), new("车间", 20), new("备注", 30, LengthMax: 2000)]);

    public static readonly LedgerPart Bindings = new(
        "设备绑定",
        [new("采集端", 18, Required: true), new("设备", 18, Required: true), new("资产编号"), new("开始", 24, Required: true), new("结束", 24), new("备注", 30, LengthMax: 2000)]);

    /// <remarks>申报时间 is that of the event, whatever the cell says.</remarks>
    public static readonly LedgerPart Stops = new(
        "停机申报",
        [new("编号"), new("资产编号"), new("开始", 24, Required: true), new("结束", 24, Required: true), new("原因", 36, Required: true, LengthMax: 2000), new("申报时间", 24)]);

    public static readonly LedgerPart Scenes = new(
        "场景", [new("场景", 16, Required: true), new("改造前等级"), new("改造后等级", Required: true), new("佐证材料", 60, LengthMax: 4000), new("备注", 30, LengthMax: 2000)]);

    public static readonly LedgerPart Files = new(
        "佐证文件", [new("对象", 20, Required: true), new("文件名", 36, Required: true), new("类别", 18), new("字节数"), new("SHA-256", 68, Required: true)]);

    public static readonly LedgerPart[] All = [Areas, Processes, Bindings, Stops, Scenes, Files];

    /// <summary>The part that a sheet is: by its name and two of its headers at least.</summary>
    public static LedgerPart? Of(string sheet, IEnumerable<string> firstRow)
    {
        LedgerPart? part = All.FirstOrDefault(p => p.Sheet == sheet.Trim());
        return part is not null && firstRow.Count(cell => part.Columns.Any(c => c.Header == cell.Trim())) >= HeadersMin ? part : null;
    }

    public int ColumnOf(string header) => Array.FindIndex(Columns, c => c.Header == header);
}

/// <summary>A column of such a sheet.</summary>
/// <param name="Width">In digits, as an export writes it.</param>
/// <param name="Required">Whether the column, and a value in each row, must be there.</param>
/// <param name="LengthMax">Longest cell in characters.</param>
internal sealed record PartColumn(string Header, double Width = 14, bool Required = false, int LengthMax = 200);
