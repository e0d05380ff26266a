using System.Text.RegularExpressions;
using EdgeAgent.Assessment.Indicators;

namespace EdgeAgent.Assessment.Findings;

/// <summary>A text in the two languages of the pages.</summary>
public sealed record BilingualText(string Zh, string En);

/// <summary>What findings say to people, in Chinese and in English: the sentence with its figures, what to do, and what each figure is.</summary>
/// <remarks>A finding itself carries the English sentence, which signed packs hold; the Chinese one is made from the same evidence.</remarks>
public static partial class FindingTexts
{
    private static readonly Dictionary<string, string> EvidenceLabels = new(StringComparer.Ordinal)
    {
        ["good readings"] = "合格读数",
        ["changed values"] = "变化次数",
        ["source"] = "数据源",
        ["value"] = "数值",
        ["series"] = "测点",
        ["hours in which both moved"] = "两条曲线同时变化的小时数",
        ["hours that agree within 1 % of the range"] = "差异在量程 1 % 以内的小时数",
        ["hours with the very same extremes"] = "最大最小值完全相同的小时数",
        ["batches looked at"] = "检查的批次数",
        ["least seconds from making to storing"] = "生成到入库最短秒数",
        ["seconds from making to storing, freshest batch of the worst hour"] = "最差一小时内最新批次从生成到入库的秒数",
        ["seconds that the clock went back"] = "时钟倒退秒数",
        ["device with accounts in the future"] = "账目在将来的设备",
        ["day with good readings"] = "有合格读数的日期",
        ["days looked at"] = "检查的天数",
        ["simulated or replayed readings"] = "模拟或回放读数",
        ["imported readings"] = "导入读数",
        ["live good readings"] = "实采合格读数",
        ["address"] = "地址",
        ["bound to"] = "绑定到",
        ["reason of the exclusion"] = "不计入原因",
        ["remark in the ledger"] = "台账备注",
        ["basis in the ledger"] = "台账数字化依据",
        ["accounts"] = "账目数",
        ["from"] = "开始",
        ["to"] = "结束",
        ["logged at"] = "申报时间",
        ["reason given"] = "申报原因",
        ["incarnation"] = "缓存编号",
        ["missing sequences"] = "缺失的序号",
        ["more gaps"] = "其余缺口数",
        ["N then"] = "基线时设备总数",
        ["N now"] = "现设备总数",
        ["more assets"] = "其余资产数",
        ["serial number"] = "出厂编号",
        ["maker"] = "制造商",
        ["baseline"] = "基线日期",
        ["retrofit in the ledger"] = "台账改造日期",
    };

    /// <summary>What was found, in a sentence with its figures.</summary>
    public static BilingualText Sentence(Finding finding) => new(Chinese(finding), finding.Text);

    /// <summary>What a figure of the evidence says: words of the checks in the reader's language, everything else as it was found.</summary>
    public static BilingualText Value(FindingEvidence evidence) => new(
        evidence.Value switch
        {
            "(nothing)" or "(none)" => "（无）",
            "not in the ledger any more" => "已不在台账中",
            "not counted" => "不计入统计",
            var value => Enum.GetValues<ReasonCode>().FirstOrDefault(code => code.Text() == value.Split(", ")[^1], (ReasonCode)(-1)) is >= 0 and var reason
                ? value.Replace(reason.Text(), ReasonTexts.Text(reason).Zh, StringComparison.Ordinal)
                : value,
        },
        evidence.Value);

    /// <summary>What it means for the count, and what settles it.</summary>
    public static BilingualText Advice(FindingCode code) => code switch
    {
        FindingCode.FrozenValues => new("核对测点地址和传感器；静止的数值不能证明设备联网。", "Check the tag's address and the sensor; a value that stands still does not prove a connection."),
        FindingCode.SharedAddress => new("为每台资产绑定其自身的设备；共用控制器时，每台须有自己的运行信号。", "Bind each asset to its own device; machines behind one controller need a running signal each."),
        FindingCode.IdenticalSeries => new("到现场核对两台设备是否同一台，更正绑定。", "Look on site whether the two are one machine, and correct the bindings."),
        FindingCode.ClockOffset => new("给网关配置时间同步（NTP）后重新统计。", "Give the gateway time synchronization (NTP) and assess again."),
        FindingCode.InspectionDayOnly => new("保持设备持续在线，满足要求的天数后再出报告。", "Keep the device connected until it has the days that the rules ask for."),
        FindingCode.ShrinkingDenominator => new("逐台说明移出原因并附佐证。", "State why each asset left, with evidence."),
        FindingCode.SimulatedSource => new("模拟数据永不计入；验收前移除模拟数据源。", "Simulated data never counts; remove the source before the acceptance."),
        FindingCode.ImportedSource => new("导入或人工数据不计入，须由设备自动采集。", "Imported or typed data does not count; it has to be collected."),
        FindingCode.SequenceGap => new("查看采集端缓存和磁盘；缺口期间的应采读数按未采计。", "Look at the agent's buffer and disk; what was due in the gap counts as missed."),
        FindingCode.DeclaredLoss => new("扩大缓存上限或恢复网络；放弃的读数按应采未采计。", "Give the buffer more room or mend the network; what was given up counts as due and missed."),
        FindingCode.UnledgeredSource => new("在台账中绑定到资产，或归类为非资产。", "Bind it to an asset of the ledger, or classify it."),
        FindingCode.NetworkedBefore => new("改造前已联网的设备不能算作新增联网。", "What was networked before the project is never newly networked."),
        FindingCode.ExcludedSends => new("核对台账状态：在用设备应计入设备总数。", "Check the status in the ledger: what is in use belongs to N."),
        FindingCode.NetworkedNotDigital => new("补充数字化依据及佐证，或确认不计入。", "Add the digital basis with evidence, or leave it out."),
        FindingCode.UnbalancedAccounts => new("升级采集端并保留日志，联系服务商核查。", "Keep the agent's log and ask the provider to look."),
        FindingCode.StopsNotAccepted => new("停机须事先申报、写明原因，且不超过规则允许的比例。", "A stop has to be declared beforehand, with a reason, and within the share that the rules allow."),
        _ => new("到现场核对：是同一台设备，还是两个网络中的相同地址。", "Look on site: one machine, or the same address in two networks."),
    };

    /// <summary>What a figure of the evidence is.</summary>
    public static BilingualText Label(FindingEvidence evidence) => new(ChineseLabel(evidence.What), evidence.What);

    private static string ChineseLabel(string what) =>
        EvidenceLabels.TryGetValue(what, out string? label) ? label
        : GoodReadingsOf().Match(what) is { Success: true } good ? $"{good.Groups[1].Value} 的合格读数"
        : BoundTo().Match(what) is { Success: true } bound ? $"绑定到 {bound.Groups[1].Value}"
        : BatchMade().Match(what) is { Success: true } made ? $"批次 {made.Groups[1].Value} 的采集端生成时间"
        : BatchStored().Match(what) is { Success: true } stored ? $"批次 {stored.Groups[1].Value} 的入库时间"
        : Sequences().Match(what) is { Success: true } range ? $"序号 {range.Groups[1].Value} 至 {range.Groups[2].Value}：{range.Groups[3].Value}"
        : what;

    private static string Chinese(Finding f)
    {
        bool severe = f.Severity == FindingSeverity.Severe;
        return f.Code switch
        {
            FindingCode.FrozenValues when severe => $"统计窗口内有 {Of(f, "good readings")} 个合格读数，但数值从未变化",
            FindingCode.FrozenValues => $"一个测点在整个统计窗口内始终为同一数值（{Of(f, "value")}）",
            FindingCode.SharedAddress => $"同一地址同时绑定了 {f.Assets.Count} 台资产，均不计入",
            FindingCode.IdenticalSeries when severe => "一台资产的全部有效曲线与另一台相同，复制的数据不计入",
            FindingCode.IdenticalSeries => "两台不同设备的曲线走势相同",
            FindingCode.ClockOffset when f.Evidence.Any(e => e.What == "device with accounts in the future") => "账目落在出具报告时尚未开始的小时",
            FindingCode.ClockOffset when severe => "采集端时钟在整个窗口内都不准，其读数不计入",
            FindingCode.ClockOffset => "采集端时钟曾经不准或倒退",
            FindingCode.InspectionDayOnly => $"早已投用，却只在报告前最后 {f.Evidence.Count(e => e.What == "day with good readings")} 天有数据",
            FindingCode.ShrinkingDenominator when f.Severity == FindingSeverity.Warning => $"自基线以来设备总数由 {Of(f, "N then")} 减为 {Of(f, "N now")}，超出允许比例",
            FindingCode.ShrinkingDenominator => $"基线中的 {f.Assets.Count} 台资产已不在设备总数内",
            FindingCode.SimulatedSource => $"有 {Of(f, "simulated or replayed readings")} 个读数来自模拟器或回放，不计入",
            FindingCode.ImportedSource => $"有 {Of(f, "imported readings")} 个读数为导入或人工录入，不计入",
            FindingCode.SequenceGap => "采集端的批次链有缺口，部分批次从未送达",
            FindingCode.DeclaredLoss => "采集端放弃了窗口内的部分读数，按应采未采计",
            FindingCode.UnledgeredSource when f.Severity == FindingSeverity.Warning => "有数据上送，但台账中没有对应的资产，须归类",
            FindingCode.UnledgeredSource => "有数据上送，已归类为非台账资产",
            FindingCode.NetworkedBefore when severe => $"出厂编号与基线时已联网的 {f.Assets.LastOrDefault()} 相同",
            FindingCode.NetworkedBefore => "基线时已联网，台账却登记了此后的改造",
            FindingCode.ExcludedSends => "不计入设备总数，但其设备仍在上送数据",
            FindingCode.NetworkedNotDigital => "有读数上送，但台账没有数字化依据",
            FindingCode.UnbalancedAccounts => "小时账目不平，其合格读数不予采信",
            FindingCode.StopsNotAccepted => "停机申报不计入，或未全部计入",
            _ => "两个采集端把同一地址绑定到不同的资产",
        };
    }

    private static string Of(Finding finding, string what) => finding.Evidence.FirstOrDefault(e => e.What == what)?.Value ?? "若干";

    [GeneratedRegex("^good readings of (.+)$")]
    private static partial Regex GoodReadingsOf();

    [GeneratedRegex("^bound to (.+)$")]
    private static partial Regex BoundTo();

    [GeneratedRegex("^batch (\\d+) made at, by the agent$")]
    private static partial Regex BatchMade();

    [GeneratedRegex("^batch (\\d+) stored at, by the hub$")]
    private static partial Regex BatchStored();

    [GeneratedRegex("^sequences (\\d+) to (\\d+): (.*)$")]
    private static partial Regex Sequences();
}
