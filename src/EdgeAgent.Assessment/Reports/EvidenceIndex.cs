using System.Globalization;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Assessment.Reports;

/// <summary>佐证材料索引: which chapter of the summary report (附件1.2) proves which item and scene, and on which page.</summary>
/// <remarks>The summary report is written by the same rule, so that the index refers to chapters that are there.</remarks>
internal static class EvidenceIndex
{
    private static readonly string[] Dimensions = ["数字化基础", "数字化管理", "数字化成效"];

    /// <summary>Chapter of the scenes within （二）.</summary>
    public const int SceneChapter = 4;

    /// <summary>For instance <c>（二）1.3</c>.</summary>
    public static string ChapterOf(ItemResult item, IReadOnlyList<ItemResult> items)
    {
        int dimension = DimensionOf(item);
        int within = items.Where(i => DimensionOf(i) == dimension && i.No <= item.No).Count();
        return string.Create(CultureInfo.InvariantCulture, $"（二）{dimension}.{within}");
    }

    public static string ChapterOf(SceneResult scene) => string.Create(CultureInfo.InvariantCulture, $"（二）{SceneChapter}.{scene.Order}");

    /// <summary>1 to 3; what a pack names otherwise stands with the first.</summary>
    public static int DimensionOf(ItemResult item) => Math.Max(0, Array.IndexOf(Dimensions, item.Dimension)) + 1;

    /// <summary>For instance <c>附件1.2 （二）1.3，第 6 页</c>.</summary>
    public static string Reference(string chapter, IReadOnlyDictionary<string, int>? pages) =>
        pages is not null && pages.TryGetValue(chapter, out int page)
            ? string.Create(CultureInfo.InvariantCulture, $"总结报告{chapter}，第{page}页")
            : $"总结报告{chapter}";

    /// <summary>Every chapter that the index may refer to, with the text of its heading.</summary>
    public static IEnumerable<(string Chapter, string Heading)> Headings(AssessmentResult result)
    {
        foreach (ItemResult item in result.Items)
        {
            string chapter = ChapterOf(item, result.Items);
            yield return (chapter, HeadingOf(chapter, item));
        }

        foreach (SceneResult scene in result.Scenes)
        {
            string chapter = ChapterOf(scene);
            yield return (chapter, HeadingOf(chapter, scene));
        }
    }

    public static string HeadingOf(string chapter, ItemResult item) => $"{chapter["（二）".Length..]} {item.Collected}（第{item.No}题）";

    public static string HeadingOf(string chapter, SceneResult scene) => $"{chapter["（二）".Length..]} {scene.Name}{(scene.Constrained ? "*" : "")}";
}
