using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Assessment.Spreadsheets;

/// <summary>The content of one cell to write: text, a number, a date, or nothing.</summary>
public readonly record struct SheetCell
{
    private SheetCell(SheetCellKind kind, string? text, decimal number)
    {
        Kind = kind;
        Content = text;
        Amount = number;
    }

    public SheetCellKind Kind { get; }

    /// <summary>Of text; null otherwise.</summary>
    public string? Content { get; }

    /// <summary>Of numbers; of dates the days since the beginning of 1900 as spreadsheets count them.</summary>
    public decimal Amount { get; }

    public static SheetCell Blank => default;

    public static SheetCell Text(string? text) => string.IsNullOrEmpty(text) ? default : new(SheetCellKind.Text, text, 0);

    public static SheetCell Integer(long value) => new(SheetCellKind.Integer, null, value);

    public static SheetCell Number(decimal value) => new(SheetCellKind.Number, null, value);

    /// <summary>A share of one, shown in percent with two decimals.</summary>
    public static SheetCell Percent(decimal share) => new(SheetCellKind.Percent, null, share);

    public static SheetCell Date(DateOnly date) => new(SheetCellKind.Date, null, ExcelDate.SerialOf(date));

    /// <summary>An instant as local time of its offset, to the millisecond; a spreadsheet knows no time zones.</summary>
    public static SheetCell Time(DateTimeOffset instant) => new(SheetCellKind.Time, null, ExcelDate.SerialOf(instant));

    public static implicit operator SheetCell(string? text) => Text(text);

    public static implicit operator SheetCell(long value) => Integer(value);

    public static implicit operator SheetCell(decimal value) => Number(value);

    public static implicit operator SheetCell(DateOnly date) => Date(date);

    public static implicit operator SheetCell(DateOnly? date) => date is { } day ? Date(day) : Blank;
}

/// <summary>How a cell is written and shown.</summary>
public enum SheetCellKind
{
    Blank,
    Text,
    Integer,
    Number,
    Percent,
    Date,
    Time,
}
