namespace EdgeAgent.Core.Spreadsheets;

/// <summary>Names of cells: column letters and row numbers.</summary>
public static class CellReference
{
    /// <summary>XFD, the last column of Excel, counted from 0.</summary>
    public const int ColumnMax = 16_383;

    /// <summary>The last row of Excel, counted from 1.</summary>
    public const int RowMax = 1_048_576;

    private const int Letters = 26;

    /// <summary>0 is A, 26 is AA.</summary>
    public static string ColumnName(int column)
    {
        Span<char> name = stackalloc char[8];
        int at = name.Length;
        for (int rest = column; rest >= 0; rest = (rest / Letters) - 1)
        {
            name[--at] = (char)('A' + (rest % Letters));
        }

        return name[at..].ToString();
    }

    /// <summary>Reads <c>AB12</c> as column 27 (from 0) and row 12 (from 1).</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out int column, out int row)
    {
        column = 0;
        row = 0;
        int at = 0;
        for (; at < text.Length && char.IsAsciiLetter(text[at]); at++)
        {
            column = (column * Letters) + (char.ToUpperInvariant(text[at]) - 'A' + 1);
            if (column > ColumnMax + 1)
            {
                return false;
            }
        }

        column--;
        return column >= 0
            && int.TryParse(text[at..], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out row)
            && row is >= 1 and <= RowMax;
    }
}
