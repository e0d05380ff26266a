using System.Globalization;

namespace EdgeAgent.Core.Configuration;

/// <summary>What is wrong with a cell of a sheet.</summary>
/// <param name="Row">From 0; -1 is the header.</param>
/// <param name="Column">From 0; -1 when it is the whole row.</param>
public sealed record SheetProblem(int Row, int Column, string Problem, string Expected, string TryNext);

/// <summary>Reads the rows of a sheet as tags and finds the cells that do not fit, as checking the file would.</summary>
public static class TagSheetCheck
{
    public static (IReadOnlyList<TagConfig> Tags, IReadOnlyList<SheetProblem> Problems) Check(TagSheet sheet)
    {
        // Written plainly, so that row i stands on a line that is known.
        TagSheet plain = sheet with { Heading = [], Encoding = TableEncoding.Utf8, Separator = ',', HasCarriageReturns = false };
        byte[] bytes = plain.ToBytes();
        TagSheet? again = TagSheet.Read(bytes);
        var errors = new ConfigErrors();
        IReadOnlyList<TagConfig> tags = TagTable.Read(bytes, "table", errors);
        int[] written = [.. Enumerable.Range(0, sheet.Rows.Count).Where(i => !sheet.Rows[i].All(string.IsNullOrWhiteSpace))];
        List<SheetProblem> problems = [.. errors.Select(error => Of(error, again?.Lines ?? [], written))];
        problems.AddRange(Repeated(sheet));
        return (tags, problems);
    }

    /// <summary>Finds row and column of an error of a table that lies in the lines given.</summary>
    public static SheetProblem Of(ConfigError error, IReadOnlyList<int> lines, IReadOnlyList<int>? rows = null)
    {
        int line = NumberBehind(error.Path, "line ");
        int column = NumberBehind(error.Path, "column ") - 1;
        int at = lines.Count == 0 ? -1 : lines.ToList().IndexOf(line);
        int row = at < 0 ? -1 : rows is null ? at : rows[at];
        // The cell says which column it is.
        string name = column >= 0 ? NameBefore(error.Problem) : "";
        return new SheetProblem(row, column, error.Problem[name.Length..], error.Expected, error.TryNext);
    }

    private static IEnumerable<SheetProblem> Repeated(TagSheet sheet)
    {
        int name = sheet.Columns.ToList().FindIndex(static c => TagHeader.TryFind(c, out TagColumn column) && column == TagColumn.Name);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; name >= 0 && i < sheet.Rows.Count; i++)
        {
            string text = name < sheet.Rows[i].Count ? sheet.Rows[i][name].Trim() : "";
            if (text.Length > 0 && !seen.TryAdd(text, i))
            {
                yield return new SheetProblem(i, name, $"'{text}' stands in row {seen[text] + 1} too", "a name that no other tag of the device has", "rename one of the two");
            }
        }
    }

    private static string NameBefore(string problem) =>
        problem.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0 && TagHeader.TryFind(problem[..colon], out _) ? problem[..(colon + 2)] : "";

    private static int NumberBehind(string path, string word)
    {
        int at = path.IndexOf(word, StringComparison.Ordinal);
        if (at < 0)
        {
            return 0;
        }

        ReadOnlySpan<char> digits = path.AsSpan(at + word.Length);
        int end = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }
}
