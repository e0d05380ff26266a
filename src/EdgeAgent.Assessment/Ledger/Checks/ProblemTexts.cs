using System.Text.RegularExpressions;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>What is wrong with a ledger file or a change, in Chinese: each phrase of the checks has its counterpart here.</summary>
/// <remarks>The checks speak English, as the command line does. A phrase that is not known here is passed through.</remarks>
public static class ProblemTexts
{
    private static readonly (Regex English, string Chinese)[] Phrases =
    [
        Of("^is not known$", "不是规定的用语"),
        Of("^one of (.+)$", "应为 $1 之一"),
        Of("^of (.+)$", "应为 $1"),
        Of("^is empty$", "为空"),
        Of("^a value: the column is required$", "必填"),
        Of("^is before the asset was in service(, by what the ledger has already)?$", "早于投用日期"),
        Of("^a day after the commissioning, or nothing$", "应晚于投用日期，或留空"),
        Of("^a commissioning before it$", "投用日期应在其之前"),
        Of("^would be run as a formula by a spreadsheet$", "会被电子表格当作公式执行"),
        Of("^text that does not begin with (.+)$", "文字不得以 $1 开头"),
        Of("^is a formula$", "是公式"),
        Of("^a value: copy the cells and paste them as values$", "请复制后“粘贴为数值”"),
        Of("^is an error$", "是错误值"),
        Of("^a value$", "应为数值或文字"),
        Of("^contains a control character$", "含有控制字符"),
        Of("^printable text( on one line)?$", "应为可显示的单行文字"),
        Of("^has (\\d+) characters$", "有 $1 个字符"),
        Of("^at most (\\d+)$", "最多 $1 个"),
        Of("^at most (\\d+) for (.+)$", "最多 $1 个"),
        Of("^at most (\\d+) assets$", "最多 $1 台资产"),
        Of("^at most (\\d+) MiB( unpacked)?$", "最大 $1 MiB"),
        Of("^says none and names one$", "既写“无”又写了依据"),
        Of("^无 alone, or the basis$", "只写“无”，或只写依据"),
        Of("^is neither yes nor no$", "既不是“是”也不是“否”"),
        Of("^是 or 否$", "应为“是”或“否”"),
        Of("^is not a date$", "不是日期"),
        Of("^a date such as (.+), (.+) or (.+)$", "应为日期，例如 $1、$2 或 $3"),
        Of("^has (\\d+) cells$", "有 $1 个单元格"),
        Of("^(\\d+) cells as in the header$", "应与表头一致，为 $1 个"),
        Of("^has no asset$", "没有资产"),
        Of("^(a header row and )?one row for each asset( below the header)?$", "应有表头，其下每台资产一行"),
        Of("^is one row too many$", "超出行数上限"),
        Of("^is not a known header$", "不是已知的表头"),
        Of("^repeats column (.+)$", "与列 $1 重复"),
        Of("^each column once$", "每列只能出现一次"),
        Of("^is missing$", "缺少"),
        Of("^a column (.+)$", "应有列 $1"),
        Of("^is the number of row (\\d+) too$", "与第 $1 行的编号重复"),
        Of("^each asset number once$", "资产编号不得重复"),
        Of("^is beside the table$", "在表格之外"),
        Of("^a header above each column$", "每列上方应有表头"),
        Of("^is merged with rows (\\d+) to (\\d+)$", "与第 $1 至 $2 行合并"),
        Of("^one row for each asset: unmerge the cells and fill each$", "每台资产一行：请取消合并并逐行填写"),
        Of("^the sheet is empty$", "工作表为空"),
        Of("^it is an \\.xls file.*$", "是旧版 Excel 的 .xls 文件，或设有密码"),
        Of("^an \\.xlsx file without password.*$", "请另存为无密码的 .xlsx"),
        Of("^it is too large$", "文件过大"),
        Of("^it is no workbook$", "不是工作簿"),
        Of("^it cannot be read: (.+)$", "无法读取：$1"),
        Of("^it has no sheet with cells$", "没有含数据的工作表"),
        Of("^is not a field of the ledger$", "不是台账的字段"),
        Of("^is not in the ledger$", "不在台账中"),
        Of("^an asset of the ledger(, or nothing( for all)?)?$", "应为台账中的资产编号"),
        Of("^asset '(.*)' is not in the ledger$", "资产 $1 不在台账中"),
        Of("^changes nothing$", "没有任何变更"),
        Of("^one change at least$", "至少一项变更"),
        Of("^retires before it was in service$", "退役日期早于投用日期"),
        Of("^ends before it begins$", "结束早于开始"),
        Of("^ends on (.+), before it begins on (.+)$", "结束日期 $1 早于开始日期 $2"),
        Of("^an end after the beginning$", "结束应晚于开始"),
        Of("^overlaps the binding to '(.*)' from (.+)$", "与 $2 起绑定到 $1 的时间重叠"),
        Of("^one binding at a time; end that one first$", "同一时间只能绑定一台，请先结束原绑定"),
        Of("^was not declared$", "未曾申报"),
        Of("^a declared (area|process|stop)$", "应为已申报的条目"),
        Of("^was not answered$", "尚未作答"),
        Of("^an answered item$", "应为已作答的题目"),
        Of("^is computed from collected data$", "由采集数据计算"),
        Of("^no typed answer$", "不能手工作答"),
        Of("^option '(.*)' is not known$", "没有选项 $1"),
        Of("^has (\\d+) options$", "选了 $1 项"),
        Of("^one \\(单选\\)$", "单选题只能选一项"),
        Of("^each option once$", "每项只能选一次"),
        Of("^says (.+) and more$", "选了“$1”又选了其他"),
        Of("^figure '(.*)' is not asked for$", "不需要填写 $1"),
        Of("^no figures$", "不需填写数值"),
        Of("^(.+) is (-[0-9.]+)$", "$1 为 $2"),
        Of("^0 or more$", "应为 0 或以上"),
        Of("^has a negative amount$", "金额为负"),
        Of("^has no name$", "没有名称"),
        Of("^item (\\d+) is not in rule pack (.+)$", "规则包 $2 没有第 $1 题"),
        Of("^is no scene of the rule pack$", "不是规则包中的场景"),
        Of("^system '(.*)' is no scene$", "系统 $1 不是规则包中的场景"),
        Of("^level (-?\\d+)$", "等级 $1"),
        Of("^0 to 4$", "应为 0 至 4"),
        Of("^has no evidence$", "没有佐证"),
        Of("^an entry of the evidence index.*$", "至少一条佐证材料索引"),
        Of("^evidence '(.*)' names a file that is not attached$", "佐证“$1”所指文件未上传"),
        Of("^the hash of an attached file$", "应为已上传文件的 SHA-256"),
        Of("^统一社会信用代码 '(.*)' has (\\d+) characters; 18 expected$", "统一社会信用代码 $1 有 $2 个字符，应为 18 个"),
        Of("^统一社会信用代码 '(.*)' has a wrong check digit: (.) expected.*$", "统一社会信用代码 $1 校验位错误：末位应为 $2，或其他字符有误"),
        Of("^统一社会信用代码 '(.*)' has '(.)' at place (\\d+);.*$", "统一社会信用代码 $1 第 $3 位“$2”不允许"),
        Of("^the code as on the business licence.*$", "应与营业执照一致"),
        Of("^(.+) (\\d{4}-\\d\\d-\\d\\d), outside the accounting period$", "$1 $2，不在核算期内"),
        Of("^who did it$", "操作人"),
        Of("^why it was done$", "请填写原因"),
        Of("^what the evidence is$", "请填写佐证名称"),
        Of("^what the source is$", "请填写归类"),
        Of("^the enterprise's name$", "请填写企业名称"),
        Of("^a workshop or a line$", "请填写车间或产线"),
        Of("^(a name|an agent|a device|an asset number|a reason|an id|a file name)$", "不能为空"),
        Of("^is not a time$", "不是时间"),
        Of("^a time such as (.+)$", "应为时间，例如 $1"),
        Of("^is no level$", "不是等级"),
        Of("^at most (\\d+) rows$", "最多 $1 行"),
        Of("^has cells that are merged with other rows$", "与其他行有合并单元格"),
        Of("^one row for each: unmerge the cells and fill each$", "每项一行：请取消合并并逐行填写"),
        Of("^stands in row (\\d+) already$", "与第 $1 行重复"),
        Of("^each once$", "每项只能出现一次"),
        Of("^is of no file that is kept$", "台账中没有这个文件"),
        Of("^a file that was uploaded: a spreadsheet cannot bring one$", "应为已上传的文件：表格不能带入文件"),
        Of("^cannot have files$", "不能附加文件"),
    ];

    /// <summary>The phrase in Chinese.</summary>
    public static string Chinese(string english)
    {
        foreach ((Regex pattern, string chinese) in Phrases)
        {
            Match match = pattern.Match(english);
            if (match.Success)
            {
                return match.Result(chinese);
            }
        }

        return english;
    }

    private static (Regex, string) Of(string pattern, string chinese) => (new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Singleline), chinese);
}
