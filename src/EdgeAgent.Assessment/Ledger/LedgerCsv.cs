using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using CsvHelper.Configuration;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Reads a device ledger from a CSV file; README.md beside this file documents the columns.</summary>
public static class LedgerCsv
{
    /// <summary>A plant of 200,000 assets is far beyond a small enterprise; more rows are a wrong file.</summary>
    public const int RowsMax = 200_000;

    public const int FileBytesMax = 64 * 1024 * 1024;

    /// <summary>A cell may not be longer than this; an unclosed quotation mark would swallow the rest of the file otherwise.</summary>
    private const int CellCharsMax = 16 * 1024;

    /// <summary>Reads a file by its path; that it cannot be read is a problem like others.</summary>
    public static LedgerImport ReadFile(string path)
    {
        try
        {
            return new FileInfo(path).Length > FileBytesMax ? TooLarge() : Read(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Refused("", $"cannot be read: {e.Message}", "a CSV file");
        }
    }

    /// <summary>Reads the whole file or reports everything that is wrong with it.</summary>
    public static LedgerImport Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > FileBytesMax)
        {
            return TooLarge();
        }

        (string? text, string encoding) = LedgerText.Decode(file);
        if (text is null)
        {
            return Refused(encoding, "is not text", "a CSV file in UTF-8 or GB18030, as a spreadsheet saves it");
        }

        LedgerTableReader table = new();
        try
        {
            ReadRows(text, table);
        }
        catch (MaxFieldSizeException e)
        {
            table.Problems.Add(new LedgerProblem(
                e.Context?.Parser?.Row ?? 0, "", "", "has a cell without end", "every opening quotation mark to be closed"));
        }

        if (table.Problems.Count > 0)
        {
            return new LedgerImport(null, table.Problems, encoding);
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(file));
        return new LedgerImport(new DeviceLedger(table.Entries, hash), [], encoding) { Fields = table.Fields };
    }

    private static void ReadRows(string text, LedgerTableReader table)
    {
        int badRow = 0;
        CsvConfiguration format = new(CultureInfo.InvariantCulture)
        {
            Delimiter = LedgerText.Separator(text).ToString(),
            IgnoreBlankLines = false, // so that rows keep the numbers that a spreadsheet shows
            MaxFieldSize = CellCharsMax,
            BadDataFound = bad => badRow = bad.Context.Parser?.Row ?? 0,
        };
        using StringReader reader = new(text);
        using CsvParser parser = new(reader, format);
        while (parser.Read())
        {
            if (parser.Row > RowsMax + 1)
            {
                table.Problems.Add(new LedgerProblem(parser.Row, "", "", "is one row too many", $"at most {RowsMax} assets"));
                return;
            }

            string[] cells = parser.Record ?? [];
            if (badRow == parser.Row)
            {
                table.Problems.Add(new LedgerProblem(
                    parser.Row, "", "", "has a stray quotation mark", "quotation marks around whole cells, doubled inside them"));
                continue;
            }

            table.Add(parser.Row, cells);
        }

        table.Finish();
    }

    private static LedgerImport TooLarge() => Refused("", "is too large", $"at most {FileBytesMax / 1024 / 1024} MiB");

    private static LedgerImport Refused(string encoding, string problem, string expected) =>
        new(null, [new LedgerProblem(0, "", "", problem, expected)], encoding);
}
