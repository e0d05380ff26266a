namespace EdgeAgent.Protocols.Dlt645;

/// <summary>Data identifiers of DL/T 645-1997, annex A, as far as they are single values that plants read.</summary>
internal static class DataTable1997
{
    private static readonly DataFormat Energy = new(4, 2);

    public static DataTable Table { get; } = new(
        2,
        [
            .. OfMonth("", '0', '1'),
            .. OfMonth("上月", '4', '5'),
            .. OfMonth("上上月", '8', '9'),
            ("A01x", new("正向有功最大需量", "kW", new(3, 4))),
            ("A02x", new("反向有功最大需量", "kW", new(3, 4))),
            ("A11x", new("正向无功最大需量", "kvar", new(3, 4))),
            ("A12x", new("反向无功最大需量", "kvar", new(3, 4))),
            ("B61x", new("电压", "V", new(2))),
            ("B62x", new("电流", "A", new(2, 2))),
            ("B63x", new("有功功率", "kW", new(3, 4))),
            ("B64x", new("无功功率", "kvar", new(2, 2))),
            ("B65x", new("功率因数", "", new(2, 3))),
            ("C010", new("日期及星期", "", new(4, Shape: DataShape.Digits))),
            ("C011", new("时间", "", new(3, Shape: DataShape.Digits))),
            ("C020", new("电表运行状态字", "", new(1, Shape: DataShape.Bits))),
            ("C030", new("电表有功常数", "imp/kWh", new(3))),
            ("C031", new("电表无功常数", "imp/kvarh", new(3))),
            ("C032", new("表号", "", new(6, Shape: DataShape.Digits))),
            ("C033", new("用户号", "", new(6, Shape: DataShape.Digits))),
            ("C034", new("设备码", "", new(6, Shape: DataShape.Digits))),
        ]);

    private static IEnumerable<(string, DataItem)> OfMonth(string month, char active, char reactive) =>
    [
        ($"9{active}1x", new(month + "正向有功电能", "kWh", Energy)),
        ($"9{active}2x", new(month + "反向有功电能", "kWh", Energy)),
        ($"9{reactive}1x", new(month + "正向无功电能", "kvarh", Energy)),
        ($"9{reactive}2x", new(month + "反向无功电能", "kvarh", Energy)),
        ($"9{reactive}3x", new(month + "一象限无功电能", "kvarh", Energy)),
        ($"9{reactive}4x", new(month + "四象限无功电能", "kvarh", Energy)),
        ($"9{reactive}5x", new(month + "二象限无功电能", "kvarh", Energy)),
        ($"9{reactive}6x", new(month + "三象限无功电能", "kvarh", Energy)),
    ];
}
