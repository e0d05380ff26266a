using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Core.Configuration;

/// <summary>Reads a tag table (CSV or an Excel workbook, one row a tag); the format is described in TAGS.md beside this file.</summary>
public static class TagTable
{
    /// <summary>Largest file in bytes: 1,000,000 rows of 64 bytes.</summary>
    public const int BytesMax = 64 << 20;

    /// <summary>Most rows; as many tags as a batch can number.</summary>
    public const int RowsMax = 1_048_576;

    /// <summary>Reads every good row and reports every bad one.</summary>
    /// <param name="file">Name for messages.</param>
    public static IReadOnlyList<TagConfig> Read(ReadOnlySpan<byte> bytes, string file, ConfigErrors errors)
    {
        if (bytes.Length > BytesMax)
        {
            errors.Add(ConfigPath.Line(file, 1), $"{bytes.Length:N0} bytes", $"at most {BytesMax:N0}", "split the table by device");
            return [];
        }

        if (TextOf(bytes, file, errors) is not { } text)
        {
            return [];
        }

        var reader = new CsvReader(text, CsvReader.SeparatorOf(text));
        var cells = new List<string>();
        if (!reader.TryRead(cells) || reader.Problem is not null)
        {
            errors.Add(ConfigPath.Line(file, Math.Max(1, reader.Line)), reader.Problem ?? "an empty table", "a header line: name, address, …", "see TAGS.md for the columns");
            return [];
        }

        if (!TryHeader(cells, file, reader.Line, errors, out TagColumn?[] columns))
        {
            return [];
        }

        var tags = new List<TagConfig>();
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (reader.TryRead(cells))
        {
            if (reader.Problem is { } problem)
            {
                errors.Add(ConfigPath.Cell(file, reader.Line, reader.ProblemColumn), problem, "cells by RFC 4180", "put the cell in quotes and double the quotes inside it");
                continue;
            }

            if (tags.Count == RowsMax)
            {
                errors.Add(ConfigPath.Line(file, reader.Line), $"more than {RowsMax:N0} rows", "fewer", "split the table by device");
                break;
            }

            if (cells.TrueForAll(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            if (new TagRow(cells, columns, file, reader.Line, words, errors).Read() is { } tag)
            {
                tags.Add(tag);
            }
        }

        foreach (int line in reader.RowsInComments)
        {
            errors.Warn(
                ConfigPath.Line(file, line), "a line that begins with # and looks like a tag was passed over as a comment", "a tag's name that begins with # in quotes",
                "write \"#1泵\" with its quotes, or save the table as an Excel workbook (.xlsx), where # begins no comment");
        }

        return tags;
    }

    private static string? TextOf(ReadOnlySpan<byte> bytes, string file, ConfigErrors errors)
    {
        if (WorkbookReader.IsPackage(bytes))
        {
            try
            {
                return WorkbookText.Read(bytes.ToArray(), IsHeader);
            }
            catch (WorkbookException e)
            {
                errors.Add(ConfigPath.Line(file, 1), e.Problem, e.Expected, "save it again as .xlsx with one tag table, or the sheet as \"CSV UTF-8\"");
                return null;
            }
        }

        if (TableText.TryDecode(bytes, out string text))
        {
            return text;
        }

        errors.Add(ConfigPath.Line(file, 1), "neither UTF-8 nor GB 18030", "a CSV file or an Excel workbook (.xlsx)", "save it again as \"CSV UTF-8\" or .xlsx");
        return null;
    }

    private static bool IsHeader(IEnumerable<string> cells)
    {
        return Has(TagColumn.Name) && Has(TagColumn.Address);

        bool Has(TagColumn wanted) => cells.Any(cell => TagHeader.TryFind(cell, out TagColumn column) && column == wanted);
    }

    private static bool TryHeader(List<string> cells, string file, int line, ConfigErrors errors, out TagColumn?[] columns)
    {
        int before = errors.Total;
        columns = new TagColumn?[cells.Count];
        for (int i = 0; i < cells.Count; i++)
        {
            ConfigPath at = ConfigPath.Cell(file, line, i + 1);
            // Excel adds empty columns behind the last one used.
            if (string.IsNullOrWhiteSpace(cells[i]))
            {
                continue;
            }

            if (!TagHeader.TryFind(cells[i], out TagColumn column))
            {
                errors.Add(at, $"unknown column '{Shortened(cells[i])}'", "one of the columns that TAGS.md lists: name 名称, address 地址, type 类型 …", Similar.Advice(cells[i].Trim(), TagHeader.All, "remove the column, or start it with # in a comment line"));
            }
            else if (Array.IndexOf(columns, column) >= 0)
            {
                errors.Add(at, $"column '{cells[i].Trim()}' given twice", "each column once", "remove one of the two");
            }
            else
            {
                columns[i] = column;
            }
        }

        foreach (TagColumn needed in (ReadOnlySpan<TagColumn>)[TagColumn.Name, TagColumn.Address])
        {
            if (Array.IndexOf(columns, needed) < 0)
            {
                string[] names = TagHeader.Names[(int)needed];
                errors.Add(ConfigPath.Line(file, line), $"no column '{names[0]}'", $"'{names[0]}' or '{names[1]}' in the header", "add it to the first line");
            }
        }

        return errors.Total == before;
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
