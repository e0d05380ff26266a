using System.IO.Compression;
using System.Text;

namespace EdgeAgent.TestKit;

/// <summary>A workbook written by hand, part by part, so that tests can say what other programs write and what nobody should.</summary>
public static class RawWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>Number formats by style: 0 plain, 1 built-in date 14, 2 yyyy年m月d日, 3 two decimals.</summary>
    private const string Styles = $"""
        <styleSheet xmlns="{Main}"><numFmts><numFmt numFmtId="180" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="180"/><xf numFmtId="2"/></cellXfs></styleSheet>
        """;

    /// <param name="sheetData">What goes into the sheet: sheetData and mergeCells.</param>
    /// <param name="shared">The si elements.</param>
    /// <param name="before">What goes into the sheet before it; a line of notes unless told.</param>
    /// <param name="isBeforeHidden">Whether that sheet is hidden.</param>
    public static byte[] Of(string sheetData, string shared = "", bool since1904 = false, string? before = null, bool isBeforeHidden = false) => Zip(new()
    {
        ["[Content_Types].xml"] = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
        ["_rels/.rels"] = Relations(("rId1", "officeDocument", "xl/workbook.xml")),
        ["xl/workbook.xml"] = $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><workbookPr date1904="{(since1904 ? 1 : 0)}"/><sheets><sheet name="说明" sheetId="1" {(isBeforeHidden ? "state=\"hidden\"" : "")} r:id="rId4"/><sheet name="设备台账" sheetId="2" r:id="rId1"/></sheets></workbook>""",
        ["xl/_rels/workbook.xml.rels"] = Relations(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "/xl/sharedStrings.xml"), ("rId3", "styles", "styles.xml"), ("rId4", "worksheet", "worksheets/sheet2.xml")),
        ["xl/styles.xml"] = Styles,
        ["xl/sharedStrings.xml"] = $"<sst xmlns=\"{Main}\">{shared}</sst>",
        ["xl/worksheets/sheet1.xml"] = $"<worksheet xmlns=\"{Main}\">{sheetData}</worksheet>",
        ["xl/worksheets/sheet2.xml"] = $"<worksheet xmlns=\"{Main}\">{before ?? Rows(["填表说明"])}</worksheet>",
    });

    /// <summary>Rows of text; a cell that begins with a less-than sign is taken as the cell's own XML.</summary>
    public static string Rows(params string[][] rows)
    {
        StringBuilder xml = new("<sheetData>");
        foreach (string[] row in rows)
        {
            xml.Append("<row>");
            foreach (string cell in row)
            {
                xml.Append(cell.StartsWith('<') ? cell : cell.Length == 0 ? "<c/>" : $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{System.Security.SecurityElement.Escape(cell)}</t></is></c>");
            }

            xml.Append("</row>");
        }

        return xml.Append("</sheetData>").ToString();
    }

    public static byte[] Zip(Dictionary<string, string> parts)
    {
        MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in parts)
            {
                using Stream part = archive.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    private static string Relations(params (string Id, string Type, string Target)[] relations) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(relations.Select(r => $"<Relationship Id=\"{r.Id}\" Type=\"{Office}/{r.Type}\" Target=\"{r.Target}\"/>"))
        + "</Relationships>";
}
