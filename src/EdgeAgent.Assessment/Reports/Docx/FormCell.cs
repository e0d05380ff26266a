namespace EdgeAgent.Assessment.Reports.Docx;

/// <summary>One cell of a form's table.</summary>
/// <param name="Text">Line breaks begin a new paragraph.</param>
/// <param name="Span">Columns that it takes.</param>
/// <param name="Merge">Whether it goes on from the cell above.</param>
internal sealed record FormCell(string Text, int Span = 1, CellMerge Merge = CellMerge.None, bool Bold = false, bool Centre = false, string? Shade = null)
{
    public static implicit operator FormCell(string text) => new(text);

    /// <summary>A label: bold and in the middle.</summary>
    public static FormCell Label(string text, int span = 1) => new(text, span, Bold: true, Centre: true);

    /// <summary>The cell goes on over the rows below.</summary>
    public static FormCell Down(string text, bool centre = true, bool bold = false) => new(text, Merge: CellMerge.Begin, Centre: centre, Bold: bold);

    /// <summary>The cell belongs to the one above.</summary>
    public static FormCell Above { get; } = new("", Merge: CellMerge.Continue);
}

/// <summary>How a cell is joined with those above and below.</summary>
internal enum CellMerge
{
    None,
    Begin,
    Continue,
}
