namespace EdgeAgent.Assessment.Ledger;

/// <summary>The vocabulary of ledgers and rule packs.</summary>
public static class LedgerTerms
{
    internal static readonly Terms<AssetCategory> Categories = new(
        (AssetCategory.Production, "生产设备", ["production"]),
        (AssetCategory.Auxiliary, "辅助生产设备", ["auxiliary"]),
        (AssetCategory.DataCollection, "采集传输设备", ["data-collection"]),
        (AssetCategory.NonProduction, "非生产", ["非生产设备", "non-production"]));

    internal static readonly Terms<AssetStatus> Statuses = new(
        (AssetStatus.InUse, "在用", ["in-use"]),
        (AssetStatus.Standby, "备用", ["standby"]),
        (AssetStatus.Sealed, "封存", ["sealed"]),
        (AssetStatus.Stopped, "停用", ["stopped"]),
        (AssetStatus.Scrapped, "报废", ["scrapped"]),
        (AssetStatus.LeasedOut, "出租", ["leased-out"]));

    internal static readonly Terms<CountUnit> Units = new(
        (CountUnit.Piece, "台", ["piece"]),
        (CountUnit.Set, "套", ["set"]),
        (CountUnit.Line, "线", ["条", "line"]));

    internal static readonly Terms<DigitalBasis> Bases = new(
        (DigitalBasis.Cnc, "CNC", ["数控"]),
        (DigitalBasis.Plc, "PLC", []),
        (DigitalBasis.Dcs, "DCS", []),
        (DigitalBasis.Embedded, "嵌入式", ["embedded"]),
        (DigitalBasis.Robot, "机器人", ["robot"]),
        (DigitalBasis.SmartMeter, "智能仪表", ["smart-meter"]),
        (DigitalBasis.MachineVision, "机器视觉", ["machine-vision"]),
        (DigitalBasis.AddedControl, "加装控制", ["added-control"]),
        (DigitalBasis.AddedMonitoring, "加装监测", ["added-monitoring"]),
        (DigitalBasis.None, "无", ["none"]));

    /// <summary>The official word for a category.</summary>
    public static string Label(AssetCategory category) => Categories.Label(category);

    /// <summary>The official word for a status.</summary>
    public static string Label(AssetStatus status) => Statuses.Label(status);

    /// <summary>The words for a basis, joined with a semicolon; empty when nothing is stated.</summary>
    public static string Label(DigitalBasis basis) => string.Join(
        ';',
        Enum.GetValues<DigitalBasis>().Where(b => b != DigitalBasis.Unstated && basis.HasFlag(b)).Select(Bases.Label));
}
