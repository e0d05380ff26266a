namespace EdgeAgent.Core.Configuration;

/// <summary>The header names of a tag table, in English and Chinese. TAGS.md documents them.</summary>
internal static class TagHeader
{
    /// <summary>By column: the English name, then the Chinese ones, the usual first.</summary>
    public static IReadOnlyList<string[]> Names { get; } =
    [
        ["name", "名称", "标签", "标签名", "点名", "变量名"],
        ["description", "描述", "说明", "备注"],
        ["address", "地址", "寄存器地址"],
        ["type", "类型", "数据类型"],
        ["order", "字节序", "字序"],
        ["length", "长度"],
        ["bit", "位"],
        ["scan", "采集组", "扫描组", "扫描类"],
        ["scale", "倍率", "系数", "缩放"],
        ["offset", "偏移", "偏移量"],
        ["unit", "单位"],
        ["decimals", "小数位", "小数位数"],
        ["min", "下限", "最小值"],
        ["max", "上限", "最大值"],
        ["deadband", "死区"],
        ["deadbandPercent", "死区百分比", "百分比死区"],
        ["heartbeatMs", "心跳毫秒", "心跳"],
    ];

    private static readonly Dictionary<string, TagColumn> Columns = Names
        .SelectMany(static (names, column) => names.Select(name => KeyValuePair.Create(name, (TagColumn)column)))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool TryFind(string header, out TagColumn column) => Columns.TryGetValue(header.Trim(), out column);

    public static IEnumerable<string> All => Columns.Keys;
}
