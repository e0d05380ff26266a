namespace EdgeAgent.Core.Spreadsheets;

/// <summary>A file cannot be read as a workbook; says why and what to do.</summary>
public sealed class WorkbookException(string problem, string expected, Exception? inner = null) : Exception($"{problem}; expected {expected}", inner)
{
    public string Problem { get; } = problem;

    public string Expected { get; } = expected;
}
