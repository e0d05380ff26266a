using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace EdgeAgent.Assessment.Reports.Docx;

/// <summary>Paragraphs and runs of a form, with tick boxes in a font that has them.</summary>
internal static class FormParagraph
{
    public const char Ticked = '☑';
    public const char Unticked = '☐';

    public static Paragraph Of(
        string text,
        string font,
        int halfPoints,
        bool bold = false,
        bool centre = false,
        bool right = false,
        bool indent = false,
        int before = 0,
        int after = 0,
        int line = 0,
        string? colour = null)
    {
        SpacingBetweenLines spacing = new() { Before = Number(before), After = Number(after) };
        if (line > 0)
        {
            spacing.Line = Number(line);
            spacing.LineRule = LineSpacingRuleValues.AtLeast;
        }

        ParagraphProperties properties = new(spacing);
        if (indent)
        {
            properties.Append(new Indentation { FirstLineChars = 200, FirstLine = Number(halfPoints * 20) });
        }

        if (centre || right)
        {
            properties.Append(new Justification { Val = centre ? JustificationValues.Center : JustificationValues.Right });
        }

        Paragraph paragraph = new(properties);
        foreach ((string part, bool isBox) in SplitBoxes(Clean(text)))
        {
            paragraph.Append(RunOf(part, isBox ? FormFonts.Symbols : font, halfPoints, bold && !isBox, colour));
        }

        return paragraph;
    }

    public static Run RunOf(string text, string font, int? halfPoints, bool bold = false, string? colour = null)
    {
        RunProperties properties = new(FormFonts.Of(font));
        if (bold)
        {
            properties.Append(new Bold());
        }

        if (colour is not null)
        {
            properties.Append(new Color { Val = colour });
        }

        if (halfPoints is { } size)
        {
            properties.Append(new FontSize { Val = Number(size) });
        }

        return new Run(properties, new Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve });
    }

    /// <summary>What XML cannot hold must not make a form unreadable.</summary>
    private static string Clean(string text) => text.All(IsAllowed) ? text : string.Concat(text.Where(IsAllowed));

    private static bool IsAllowed(char c) => c is '\t' or >= ' ' and not ('\uFFFE' or '\uFFFF') && !char.IsSurrogate(c);

    private static IEnumerable<(string Text, bool IsBox)> SplitBoxes(string text)
    {
        int from = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is Ticked or Unticked)
            {
                if (i > from)
                {
                    yield return (text[from..i], false);
                }

                yield return (text[i].ToString(), true);
                from = i + 1;
            }
        }

        if (from < text.Length || text.Length == 0)
        {
            yield return (text[from..], false);
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
