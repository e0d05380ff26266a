namespace EdgeAgent.Assessment.Ledger;

/// <summary>A column that a ledger file may have.</summary>
/// <param name="Header">The Chinese header, as in the sample file.</param>
/// <param name="Others">Further headers that mean the same.</param>
/// <param name="Required">Whether the column must be there.</param>
/// <param name="LengthMax">Longest cell in characters.</param>
internal sealed record LedgerColumn(LedgerField Field, string Header, string[] Others, bool Required = false, int LengthMax = 200)
{
    /// <summary>Headers of columns that only number the rows; they are passed over.</summary>
    private static readonly string[] RowNumbers = ["序号", "No.", "No", "#"];

    /// <summary>Whether the column holds numbers, words of the vocabulary or dates, where full-width characters are meant as plain ones.</summary>
    public bool IsCode => Field is LedgerField.AssetNo or LedgerField.SerialNo or LedgerField.IsKeyProcess or LedgerField.Category or LedgerField.CountUnit
        or LedgerField.Status or LedgerField.DigitalBasis || IsDate;

    public bool IsDate => Field is LedgerField.CommissionDate or LedgerField.RetireDate or LedgerField.RetrofitDate or LedgerField.ChangedAt;

    /// <summary>Every column, in the order of the sample file.</summary>
    public static readonly LedgerColumn[] All =
    [
        new(LedgerField.AssetNo, "资产编号", ["设备编号", "assetNo"], Required: true, LengthMax: 64),
        new(LedgerField.Name, "设备名称", ["名称", "name"], Required: true),
        new(LedgerField.Model, "型号", ["规格型号", "设备型号", "model"]),
        new(LedgerField.Maker, "制造商", ["生产厂家", "厂家", "maker"]),
        new(LedgerField.SerialNo, "出厂编号", ["序列号", "serialNo"]),
        new(LedgerField.Workshop, "车间", ["所在车间", "workshop"]),
        new(LedgerField.Line, "产线", ["生产线", "line"]),
        new(LedgerField.Process, "工序", ["process"]),
        new(LedgerField.IsKeyProcess, "关键工序", ["是否关键工序", "isKeyProcess"]),
        new(LedgerField.Category, "设备类别", ["类别", "category"], Required: true),
        new(LedgerField.CountUnit, "计量单位", ["单位", "countUnit"]),
        new(LedgerField.Status, "状态", ["使用状态", "设备状态", "status"], Required: true),
        new(LedgerField.CommissionDate, "投用日期", ["启用日期", "投产日期", "commissionDate"], Required: true),
        new(LedgerField.RetireDate, "退役日期", ["停用日期", "报废日期", "retireDate"]),
        new(LedgerField.DigitalBasis, "数字化依据", ["digitalBasis"]),
        new(LedgerField.Interface, "通讯接口", ["接口", "通信接口", "interface"]),
        new(LedgerField.RetrofitDate, "改造日期", ["retrofitDate"]),
        new(LedgerField.Evidence, "佐证材料", ["佐证", "evidence"], LengthMax: 4000),
        new(LedgerField.ChangedBy, "变更人", ["changedBy"]),
        new(LedgerField.ChangedAt, "变更日期", ["变更时间", "changedAt"]),
        new(LedgerField.Remark, "备注", ["说明", "remark"], LengthMax: 2000),
    ];

    private static readonly Dictionary<string, LedgerColumn> ByHeader = All
        .SelectMany(column => column.Others.Append(column.Header), (column, header) => (column, header))
        .ToDictionary(pair => pair.header, pair => pair.column, StringComparer.OrdinalIgnoreCase);

    public static LedgerColumn? Find(string header) => ByHeader.GetValueOrDefault(header);

    /// <summary>Whether a column of that header only numbers the rows.</summary>
    public static bool IsRowNumber(string header) => RowNumbers.Contains(header, StringComparer.OrdinalIgnoreCase);

    /// <summary>How many of the cells are headers of a ledger.</summary>
    public static int CountHeaders(IEnumerable<string> cells) => cells.Count(c => Find(c.Trim()) is not null);
}
