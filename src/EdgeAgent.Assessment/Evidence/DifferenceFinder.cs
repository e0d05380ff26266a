using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>Says where a file of a pack differs from what was computed again: the JSON path, or row and column of a table.</summary>
internal static class DifferenceFinder
{
    private const int PerFileMax = 10;

    public static IEnumerable<PackProblem> Find(string path, byte[] stated, byte[] computed)
    {
        if (stated.AsSpan().SequenceEqual(computed))
        {
            return [];
        }

        List<PackProblem> problems = path.EndsWith(".json", StringComparison.Ordinal) ? Json(path, stated, computed) : Csv(path, stated, computed);
        return problems.Count > 0 ? problems : [new PackProblem(path, "", "it is not written as the same figures are written by this program", "与本程序对相同数字的写法不同")];
    }

    private static List<PackProblem> Json(string path, byte[] stated, byte[] computed)
    {
        List<PackProblem> problems = [];
        try
        {
            using JsonDocument left = JsonDocument.Parse(stated);
            using JsonDocument right = JsonDocument.Parse(computed);
            Compare("$", left.RootElement, right.RootElement, path, problems);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is what a name or text that is not UTF-8 leads to.
            problems.Add(new PackProblem(path, "", $"it is no JSON: {e.Message}", $"不是 JSON：{e.Message}"));
        }

        return problems;
    }

    private static void Compare(string at, JsonElement left, JsonElement right, string path, List<PackProblem> problems)
    {
        if (problems.Count >= PerFileMax)
        {
            return;
        }

        if (left.ValueKind == JsonValueKind.Object && right.ValueKind == JsonValueKind.Object)
        {
            foreach (string name in left.EnumerateObject().Select(p => p.Name).Union(right.EnumerateObject().Select(p => p.Name)).ToList())
            {
                bool has = left.TryGetProperty(name, out JsonElement l), should = right.TryGetProperty(name, out JsonElement r);
                if (has && should)
                {
                    Compare($"{at}.{name}", l, r, path, problems);
                }
                else
                {
                    problems.Add(new PackProblem(path, $"{at}.{name}", has ? "it should not be there" : "it is missing", has ? "不应存在" : "缺失"));
                }
            }
        }
        else if (left.ValueKind == JsonValueKind.Array && right.ValueKind == JsonValueKind.Array)
        {
            if (left.GetArrayLength() != right.GetArrayLength())
            {
                problems.Add(new PackProblem(path, at, $"it has {left.GetArrayLength()} entries, computed again {right.GetArrayLength()}", $"有 {left.GetArrayLength()} 项，重新计算为 {right.GetArrayLength()} 项"));
            }

            for (int i = 0; i < Math.Min(left.GetArrayLength(), right.GetArrayLength()); i++)
            {
                Compare(string.Create(CultureInfo.InvariantCulture, $"{at}[{i}]"), left[i], right[i], path, problems);
            }
        }
        else if (left.GetRawText() != right.GetRawText())
        {
            problems.Add(new PackProblem(path, at, $"it says {Short(left.GetRawText())}, computed again {Short(right.GetRawText())}", $"写的是 {Short(left.GetRawText())}，重新计算为 {Short(right.GetRawText())}"));
        }
    }

    private static List<PackProblem> Csv(string path, byte[] stated, byte[] computed)
    {
        List<PackProblem> problems = [];
        List<string[]> left = [.. CsvRows.Read(Encoding.UTF8.GetString(stated).TrimStart('\uFEFF'))];
        List<string[]> right = [.. CsvRows.Read(Encoding.UTF8.GetString(computed).TrimStart('\uFEFF'))];
        if (left.Count != right.Count)
        {
            problems.Add(new PackProblem(path, "", $"it has {left.Count} rows, computed again {right.Count}", $"有 {left.Count} 行，重新计算为 {right.Count} 行"));
        }

        string[] header = right.Count > 0 ? right[0] : [];
        for (int row = 0; row < Math.Min(left.Count, right.Count) && problems.Count < PerFileMax; row++)
        {
            for (int column = 0; column < Math.Max(left[row].Length, right[row].Length); column++)
            {
                string said = column < left[row].Length ? left[row][column] : "", found = column < right[row].Length ? right[row][column] : "";
                if (said != found)
                {
                    problems.Add(new PackProblem(
                        path,
                        string.Create(CultureInfo.InvariantCulture, $"row {row + 1}, {(column < header.Length ? header[column] : $"column {column + 1}")}"),
                        $"it says '{Short(said)}', computed again '{Short(found)}'",
                        $"写的是“{Short(said)}”，重新计算为“{Short(found)}”"));
                    break;
                }
            }
        }

        return problems;
    }

    private static string Short(string text) => text.Length <= 120 ? text : string.Concat(text.AsSpan(0, 117), "...");
}
