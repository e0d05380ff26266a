using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>One of the 15 items of the questionnaire with its answer.</summary>
/// <param name="No">1 to 15.</param>
/// <param name="Dimension">一级指标, for instance 数字化基础.</param>
/// <param name="Group">二级指标, for instance 设备系统.</param>
/// <param name="Collected">采集项, for instance 设备联网.</param>
/// <param name="Title">题目.</param>
/// <param name="Multiple">多选; otherwise 单选.</param>
/// <param name="N">Numerator where the item is a rate.</param>
/// <param name="D">Denominator where the item is a rate.</param>
/// <param name="Value">具体数据 for people, for instance <c>45.00% (9/20)</c>; null when there is none.</param>
/// <param name="Option">Letter of the chosen option of a 单选 item; null when none is ticked.</param>
/// <param name="Ticked">Texts of the ticked options.</param>
/// <param name="Auto">How many of them are ticked by collected data.</param>
/// <param name="Manual">How many are ticked by hand (人工佐证).</param>
/// <param name="Max">Points of the full answer.</param>
/// <param name="Points">Points of this answer, exact; null when it cannot be computed (不可计算).</param>
/// <param name="Next">For rates: what the next option takes.</param>
/// <param name="Options">All options, in the order of the form.</param>
/// <param name="Evidence">References into the evidence index.</param>
/// <param name="Numbers">Typed or computed figures of the item by name, for instance 上年度综合能源消费量.</param>
/// <param name="Problems">Why the answer is not accepted, or not whole; empty when it is.</param>
public sealed record ItemResult(
    int No,
    string Dimension,
    string Group,
    string Collected,
    string Title,
    bool Multiple,
    AnswerSource Source,
    long? N,
    long? D,
    string? Value,
    string? Option,
    IReadOnlyList<string> Ticked,
    int Auto,
    int Manual,
    decimal Max,
    decimal? Points,
    NextOption? Next,
    IReadOnlyList<OptionResult> Options,
    IReadOnlyList<string> Evidence,
    IReadOnlyDictionary<string, decimal> Numbers,
    IReadOnlyList<BilingualText> Problems);

/// <summary>One option of an item.</summary>
/// <param name="Letter">A, B, C, in the order of the form.</param>
/// <param name="Points">What it brings when it is ticked.</param>
/// <param name="Suggested">Collected data speak for it, whether or not it is ticked.</param>
/// <param name="Why">What the tick or the suggestion rests on; null when there is nothing to say.</param>
public sealed record OptionResult(string Letter, string Text, decimal Points, bool Ticked, AnswerSource Source, bool Suggested, BilingualText? Why);
