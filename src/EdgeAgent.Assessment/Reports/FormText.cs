using System.Globalization;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Assessment.Reports;

/// <summary>How figures and choices are written on the forms.</summary>
internal static class FormText
{
    public static string Box(bool ticked) => ticked ? "☑" : "☐";

    public static string Level(int level) => level switch { 1 => "一级", 2 => "二级", 3 => "三级", 4 => "四级", _ => "无等级" };

    public static string Points(decimal? points) => points is { } known ? known.ToString("0.##", CultureInfo.InvariantCulture) : "不可计算";

    public static string Number(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    public static string Month(DateOnly? day) => day is { } known ? known.ToString("yyyy' 年 'MM' 月'", CultureInfo.InvariantCulture) : "      年    月";

    public static string OrBlank(string? text) => string.IsNullOrWhiteSpace(text) ? "" : text;

    /// <summary>The title as the form has it, its brackets filled.</summary>
    public static string TitleOf(ItemResult item)
    {
        string value = item.Value ?? "";
        return item.No switch
        {
            2 => $"{item.Title}。\n具体数据［{value}］，其中生产设备数量为［{item.D}］台，实现数字化的生产设备数量为［{item.N}］台",
            3 => $"{item.Title}\n具体数据［{value}］，其中实现联网的生产设备数量为［{item.N}］台",
            _ => item.Numbers.Count == 0 ? item.Title
                : $"{item.Title}\n{string.Join("；", item.Numbers.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => $"{n.Key}［{Number(n.Value)}］"))}",
        };
    }

    public static IEnumerable<string> OptionLines(ItemResult item) => item.Options.Select(o => Box(o.Ticked) + o.Text);

    /// <summary>Where the answer comes from, in the words of the field.</summary>
    public static string SourceOf(AnswerSource source) => source switch
    {
        AnswerSource.Computed => "采集数据计算",
        AnswerSource.Derived => "数据推导并经人工确认",
        AnswerSource.Typed => "人工填报",
        AnswerSource.Mixed => "采集数据计算与人工填报",
        _ => "尚未填报",
    };

    public static string Share(Indicators.Fraction share) => share.D == 0 ? "不可计算" : $"{share.Percent}（{share.N}/{share.D}）";
}
