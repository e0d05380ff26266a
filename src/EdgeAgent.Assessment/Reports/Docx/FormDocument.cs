using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using EdgeAgent.Assessment.Spreadsheets;

namespace EdgeAgent.Assessment.Reports.Docx;

/// <summary>Builds one form as a DOCX file, from top to bottom. The same calls give the same bytes.</summary>
internal sealed class FormDocument : IDisposable
{
    /// <summary>A4 in twentieths of a point.</summary>
    private const uint PageWidth = 11906, PageHeight = 16838;

    private readonly MemoryStream _package = new();
    private readonly WordprocessingDocument _document;
    private readonly MainDocumentPart _main;
    private readonly Body _body = new();
    private readonly int _margin;

    /// <param name="title">In the file's properties.</param>
    /// <param name="label">Stands on top of every page, for instance that it is a draft or that its data are simulated; empty: nothing.</param>
    /// <param name="footer">Stands at the foot of every page beside the page number.</param>
    /// <param name="margin">Left and right, in twentieths of a point.</param>
    public FormDocument(string title, string label, string footer, int margin = 1500)
    {
        _margin = margin;
        _document = WordprocessingDocument.Create(_package, WordprocessingDocumentType.Document);
        _main = _document.AddMainDocumentPart();
        _main.Document = new Document(_body);
        FormFonts.AddTo(_main);
        _document.PackageProperties.Title = title;
        AddHeader(label);
        AddFooter(footer);
    }

    /// <summary>Width between the margins, in twentieths of a point.</summary>
    public int Width => (int)PageWidth - (2 * _margin);

    public void Title(string text, int halfPoints = 44) => _body.Append(FormParagraph.Of(text, FormFonts.Song, halfPoints, bold: true, centre: true, before: 200, after: 300));

    public void Heading(int level, string text)
    {
        ParagraphProperties properties = new(new ParagraphStyleId { Val = $"Heading{level}" });
        _body.Append(new Paragraph(properties, FormParagraph.RunOf(text, FormFonts.Song, null, bold: true)));
    }

    /// <summary>A paragraph of running text, its first line indented by two characters.</summary>
    public void Text(string text) => _body.Append(FormParagraph.Of(text, FormFonts.FangSong, 28, indent: true, after: 60, line: 460));

    public void Line(string text, int halfPoints = 28, bool bold = false, bool centre = false, bool right = false, int before = 0, string? colour = null) =>
        _body.Append(FormParagraph.Of(text, FormFonts.FangSong, halfPoints, bold, centre, right, before: before, after: 60, colour: colour));

    public void Blank(int count = 1)
    {
        for (int i = 0; i < count; i++)
        {
            _body.Append(new Paragraph());
        }
    }

    public void PageBreak() => _body.Append(new Paragraph(new Run(new Break { Type = BreakValues.Page })));

    /// <param name="shares">Relative widths of the columns.</param>
    /// <param name="headerRows">Rows that are repeated on each page.</param>
    public void Table(IReadOnlyList<int> shares, IReadOnlyList<IReadOnlyList<FormCell>> rows, int headerRows = 0, int halfPoints = 21) =>
        _body.Append(FormTable.Of(Width, shares, rows, headerRows, halfPoints));

    public void Bars(IReadOnlyList<FormBar> bars) => _body.Append(FormBar.TableOf(Width, bars));

    /// <summary>Ends the document and gives its bytes.</summary>
    public byte[] ToBytes()
    {
        _body.Append(new SectionProperties(
            new HeaderReference { Type = HeaderFooterValues.Default, Id = "rIdHeader" },
            new FooterReference { Type = HeaderFooterValues.Default, Id = "rIdFooter" },
            new PageSize { Width = PageWidth, Height = PageHeight },
            new PageMargin { Top = 1300, Bottom = 1200, Left = (uint)_margin, Right = (uint)_margin, Header = 600, Footer = 600, Gutter = 0 }));
        _document.Dispose();
        _package.Position = 0;
        return OfficePackage.Normalize(_package);
    }

    public void Dispose()
    {
        _document.Dispose();
        _package.Dispose();
    }

    private void AddHeader(string label)
    {
        Paragraph paragraph = label.Length == 0 ? new Paragraph() : FormParagraph.Of(label, FormFonts.Song, 24, bold: true, centre: true, colour: "C00000");
        _main.AddNewPart<HeaderPart>("rIdHeader").Header = new Header(paragraph);
    }

    private void AddFooter(string footer)
    {
        Paragraph paragraph = FormParagraph.Of(footer + "    第 ", FormFonts.Song, 16, centre: true, colour: "606060");
        paragraph.Append(Field("PAGE"), FormParagraph.RunOf(" 页", FormFonts.Song, 16, colour: "606060"));
        _main.AddNewPart<FooterPart>("rIdFooter").Footer = new Footer(paragraph);
    }

    private static SimpleField Field(string name) => new(FormParagraph.RunOf("1", FormFonts.Song, 16, colour: "606060")) { Instruction = string.Create(CultureInfo.InvariantCulture, $" {name} ") };
}
