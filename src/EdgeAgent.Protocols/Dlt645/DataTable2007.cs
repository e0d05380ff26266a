namespace EdgeAgent.Protocols.Dlt645;

/// <summary>Data identifiers of DL/T 645-2007, annex A (tables A.1 to A.5), as far as they are single values that plants read.</summary>
internal static class DataTable2007
{
    private static readonly DataFormat Energy = new(4, 2);
    private static readonly DataFormat SignedEnergy = new(4, 2, IsSigned: true);
    private static readonly DataFormat Demand = new(3, 4);
    private static readonly DataFormat Power = new(3, 4, IsSigned: true);

    public static DataTable Table { get; } = new(
        4,
        [
            ("0000xxxx", new("组合有功电能", "kWh", SignedEnergy)),
            ("0001xxxx", new("正向有功电能", "kWh", Energy)),
            ("0002xxxx", new("反向有功电能", "kWh", Energy)),
            ("0003xxxx", new("组合无功1电能", "kvarh", SignedEnergy)),
            ("0004xxxx", new("组合无功2电能", "kvarh", SignedEnergy)),
            ("0005xxxx", new("第一象限无功电能", "kvarh", Energy)),
            ("0006xxxx", new("第二象限无功电能", "kvarh", Energy)),
            ("0007xxxx", new("第三象限无功电能", "kvarh", Energy)),
            ("0008xxxx", new("第四象限无功电能", "kvarh", Energy)),
            ("0009xxxx", new("正向视在电能", "kVAh", Energy)),
            ("000Axxxx", new("反向视在电能", "kVAh", Energy)),
            .. OfPhase("A", 0x15),
            .. OfPhase("B", 0x29),
            .. OfPhase("C", 0x3D),
            ("0101xxxx", new("正向有功最大需量", "kW", Demand)),
            ("0102xxxx", new("反向有功最大需量", "kW", Demand)),
            ("0103xxxx", new("组合无功1最大需量", "kvar", Power)),
            ("0104xxxx", new("组合无功2最大需量", "kvar", Power)),
            ("0201xx00", new("电压", "V", new(2, 1))),
            ("0202xx00", new("电流", "A", new(3, 3, IsSigned: true))),
            ("0203xx00", new("有功功率", "kW", Power)),
            ("0204xx00", new("无功功率", "kvar", Power)),
            ("0205xx00", new("视在功率", "kVA", Power)),
            ("0206xx00", new("功率因数", "", new(2, 3, IsSigned: true))),
            ("0207xx00", new("相角", "°", new(2, 1))),
            ("0208xx00", new("电压波形失真度", "%", new(2, 2))),
            ("0209xx00", new("电流波形失真度", "%", new(2, 2))),
            ("020Axxxx", new("电压谐波含量", "%", new(2, 2))),
            ("020Bxxxx", new("电流谐波含量", "%", new(2, 2))),
            ("02800001", new("零线电流", "A", new(3, 3, IsSigned: true))),
            ("02800002", new("电网频率", "Hz", new(2, 2))),
            ("02800003", new("一分钟有功总平均功率", "kW", Power)),
            ("02800004", new("当前有功需量", "kW", Power)),
            ("02800005", new("当前无功需量", "kvar", Power)),
            ("02800006", new("当前视在需量", "kVA", Power)),
            ("02800007", new("表内温度", "℃", new(2, 1, IsSigned: true))),
            ("02800008", new("时钟电池电压", "V", new(2, 2))),
            ("02800009", new("停电抄表电池电压", "V", new(2, 2))),
            ("0280000A", new("内部电池工作时间", "min", new(4))),
            ("04000101", new("日期及星期", "", new(4, Shape: DataShape.Digits))),
            ("04000102", new("时间", "", new(3, Shape: DataShape.Digits))),
            ("04000401", new("通信地址", "", new(6, Shape: DataShape.Digits))),
            ("04000402", new("表号", "", new(6, Shape: DataShape.Digits))),
            ("04000409", new("电表有功常数", "imp/kWh", new(3))),
            ("0400040A", new("电表无功常数", "imp/kvarh", new(3))),
            ("0400050x", new("电表运行状态字", "", new(2, Shape: DataShape.Bits))),
        ]);

    /// <summary>The ten energies of one phase, in the order of the three-phase ones from 正向有功 on.</summary>
    private static IEnumerable<(string, DataItem)> OfPhase(string phase, int first)
    {
        (string Name, string Unit, DataFormat Format)[] energies =
        [
            ("正向有功电能", "kWh", Energy), ("反向有功电能", "kWh", Energy), ("组合无功1电能", "kvarh", SignedEnergy),
            ("组合无功2电能", "kvarh", SignedEnergy), ("第一象限无功电能", "kvarh", Energy), ("第二象限无功电能", "kvarh", Energy),
            ("第三象限无功电能", "kvarh", Energy), ("第四象限无功电能", "kvarh", Energy), ("正向视在电能", "kVAh", Energy), ("反向视在电能", "kVAh", Energy),
        ];
        return energies.Select((energy, index) => ($"00{first + index:X2}xxxx", new DataItem($"{phase}相{energy.Name}", energy.Unit, energy.Format)));
    }
}
