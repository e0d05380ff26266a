namespace EdgeAgent.Assessment.Spreadsheets;

/// <summary>Text that a spreadsheet would run as a formula when it opens a CSV file, and how it is made harmless.</summary>
public static class FormulaText
{
    private const char Apostrophe = '\'';

    /// <summary>Whether a spreadsheet may take the text for a formula: by its first character, spaces and tabs before it aside.</summary>
    /// <remarks>Full-width signs count too: Chinese editions of spreadsheets take them for the plain ones.</remarks>
    public static bool IsFormula(ReadOnlySpan<char> text) =>
        text is ['\t' or '\r' or '\n', ..] || text.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..];

    /// <summary>The text with an apostrophe before it if it could be run, which spreadsheets take for "this is text".</summary>
    /// <remarks>One that has apostrophes before a formula already gets one more, so that <see cref="Restore"/> gives back what was there.</remarks>
    public static string Neutralize(string text) => IsGuarded(text) || IsFormula(text) ? Apostrophe + text : text;

    /// <summary>Takes off the apostrophe that <see cref="Neutralize"/> put before a text.</summary>
    public static string Restore(string text) => IsGuarded(text) ? text[1..] : text;

    private static bool IsGuarded(string text) => text is [Apostrophe, ..] && IsFormula(text.AsSpan().TrimStart(Apostrophe));
}
