using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using EdgeAgent.Assessment.Spreadsheets;

namespace EdgeAgent.Assessment.Tests.Spreadsheets;

public sealed class OfficePackageTests
{
    [Fact]
    public void A_document_with_random_ids_becomes_a_function_of_its_content()
    {
        byte[] raw = Document();
        Assert.NotEqual(raw, Document()); // the library draws ids anew each time
        byte[] normalized = Normalize(raw);
        Assert.Equal(normalized, Normalize(Document()));
        Assert.Equal(normalized, Normalize(normalized));
    }

    [Fact]
    public void Pictures_links_and_properties_still_belong_to_what_they_belonged_to()
    {
        using WordprocessingDocument document = WordprocessingDocument.Open(new MemoryStream(Normalize(Document())), isEditable: false);
        MainDocumentPart main = document.MainDocumentPart!;
        Hyperlink[] links = [.. main.Document.Descendants<Hyperlink>()];
        Assert.Equal(["https://example.com/b", "https://example.com/a"], links.Select(l => main.HyperlinkRelationships.Single(r => r.Id == l.Id!.Value).Uri.ToString()));
        Assert.Equal(" 保留 空格 ", main.Document.InnerText[^7..]);
        FooterReference footer = main.Document.Descendants<FooterReference>().Single();
        Assert.Equal("页脚", ((FooterPart)main.GetPartById(footer.Id!.Value!)).Footer.InnerText);
        Assert.Equal("自评估报告", document.PackageProperties.Title);
    }

    [Fact]
    public void What_is_no_package_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => OfficePackage.Normalize(new MemoryStream(Encoding.UTF8.GetBytes("no package"))));
        MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("readme.txt");
        }

        Assert.Throws<InvalidDataException>(() => OfficePackage.Normalize(zip));
    }

    private static byte[] Normalize(byte[] package) => OfficePackage.Normalize(new MemoryStream(package));

    private static byte[] Document()
    {
        MemoryStream stream = new();
        using (WordprocessingDocument document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            document.PackageProperties.Title = "自评估报告";
            MainDocumentPart main = document.AddMainDocumentPart();
            FooterPart footer = main.AddNewPart<FooterPart>();
            footer.Footer = new Footer(new Paragraph(new Run(new Text("页脚"))));
            string b = main.AddHyperlinkRelationship(new Uri("https://example.com/b"), isExternal: true).Id;
            string a = main.AddHyperlinkRelationship(new Uri("https://example.com/a"), isExternal: true).Id;
            main.Document = new Document(new Body(
                new Paragraph(new Hyperlink(new Run(new Text("乙"))) { Id = b }, new Hyperlink(new Run(new Text("甲"))) { Id = a }),
                new Paragraph(new Run(new Text(" 保留 空格 ") { Space = SpaceProcessingModeValues.Preserve })),
                new SectionProperties(new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(footer) })));
        }

        return stream.ToArray();
    }
}
