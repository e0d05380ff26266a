using System.IO.Compression;
using System.Text;
using System.Xml;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Fuzz;

/// <summary>Damaged workbooks, parts of them, and damaged lines of a ledger's events: an outcome that is foreseen, no hang, memory in proportion.</summary>
public sealed class WorkbookFuzz
{
    private const int Seed = 20_261_122;
    private const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

    private static readonly byte[][] Sheets =
    [
        Utf8($"<worksheet {Main}><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" s=\"1\"><v>45352</v></c></row></sheetData></worksheet>"),
        Utf8($"<worksheet {Main}><sheetData><row><c t=\"inlineStr\"><is><t>_x000D_冲床</t></is></c><c><f>A1</f><v>1E5</v></c><c t=\"b\"><v>1</v></c></row></sheetData></worksheet>"),
        Utf8($"<x {Main}><mergeCell ref=\"A1:XFD9\"/><si><r><t>a</t></r><rPh><t>b</t></rPh></si><cellXfs><xf numFmtId=\"14\"/></cellXfs></x>"),
    ];

    [Fact]
    public void Parts()
    {
        var mutations = new SeededMutations(Seed, Sheets);
        SharedTexts shared = SharedTexts.Read(XmlReader.Create(new MemoryStream(Utf8("<sst><si><t>甲</t></si><si><t>乙</t></si></sst>")), WorkbookXml.Settings));
        DateFormats formats = DateFormats.Read(XmlReader.Create(new MemoryStream(Utf8("<s><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></s>")), WorkbookXml.Settings));
        SheetReader sheet = new(shared, formats, since1904: false);
        int cells = 0;
        for (int i = 0; i < 250_000; i++)
        {
            byte[] mutated = mutations.Next().ToArray();
            long before = GC.GetAllocatedBytesForCurrentThread();
            cells += i % 10 == 0 ? Others(mutated) : Cells(sheet, mutated);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= 200_000 + (mutated.Length * 64L), $"mutation {i}: {allocated} bytes for {mutated.Length}");
        }

        Assert.True(cells > 20_000, $"{cells} cells");
    }

    [Fact]
    public void Packages()
    {
        var mutations = new SeededMutations(Seed + 1, [Package(CompressionLevel.NoCompression), Package(CompressionLevel.Optimal)]);
        int read = 0;
        for (int i = 0; i < 30_000; i++)
        {
            byte[] mutated = mutations.Next().ToArray();
            LedgerImport import = LedgerWorkbook.Read(mutated);
            Assert.True(import.Ledger is null == import.Problems.Count > 0);
            Assert.All(import.Problems, p => Assert.DoesNotContain(p.ToString(), c => char.IsControl(c)));
            read += import.Ledger is null ? 0 : 1;
        }

        Assert.True(read > 100, $"{read} ledgers");
    }

    [Fact]
    public void Events()
    {
        LedgerEvent happened = new(1, 17, "plant", "李工", "盘点", "test", [new AreaSet(new PlantArea("一车间")), new AssetRemoved("A-1")], LedgerHistory.NoHash);
        var mutations = new SeededMutations(Seed + 2, [EventLine.Write(happened).Line]);
        byte[] good = EventLine.Write(happened).Line;
        for (int i = 0; i < 720_000; i++)
        {
            ReadOnlySpan<byte> mutated = mutations.Next();
            (LedgerEvent? read, Assessment.Findings.BilingualText? problem) = EventLine.Read(mutated);

            // Only the bytes that were written are the event that was written.
            if (read is null == problem is null || (read is not null && !mutated.SequenceEqual(good)))
            {
                Assert.Fail($"mutation {i}: {Encoding.UTF8.GetString(mutated)}");
            }
        }
    }

    private static int Cells(SheetReader sheet, byte[] part)
    {
        int cells = 0;
        try
        {
            foreach (ReadRow row in sheet.Rows(XmlReader.Create(new MemoryStream(part), WorkbookXml.Settings)))
            {
                cells += row.Cells.Count;
            }
        }
        catch (Exception e) when (e is WorkbookException or XmlException)
        {
        }

        return cells;
    }

    private static int Others(byte[] part)
    {
        int found = 0;
        foreach (Func<XmlReader, int> read in new Func<XmlReader, int>[] { x => SheetReader.Merges(x).Count, x => SharedTexts.Read(x).Find("0") is null ? 0 : 1, x => DateFormats.Read(x).IsDate("0") ? 1 : 0 })
        {
            try
            {
                found += read(XmlReader.Create(new MemoryStream(part), WorkbookXml.Settings));
            }
            catch (Exception e) when (e is WorkbookException or XmlException)
            {
            }
        }

        return found;
    }

    private static byte[] Package(CompressionLevel level)
    {
        const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        string Cell(string text) => $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>";
        string Row(params string[] cells) => $"<row>{string.Concat(cells.Select(Cell))}</row>";
        MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in new[]
            {
                ("_rels/.rels", $"<R><Relationship Id=\"a\" Type=\"{Office}/officeDocument\" Target=\"w.xml\"/></R>"),
                ("_rels/w.xml.rels", $"<R><Relationship Id=\"b\" Type=\"{Office}/worksheet\" Target=\"s.xml\"/></R>"),
                ("w.xml", $"<workbook {Main} xmlns:r=\"{Office}\"><sheets><sheet name=\"台账\" r:id=\"b\"/></sheets></workbook>"),
                ("s.xml", $"<worksheet {Main}><sheetData>{Row("资产编号", "设备名称", "设备类别", "状态", "投用日期")}{Row("A-1", "冲床", "生产设备", "在用", "2020-01-01")}</sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells></worksheet>"),
            })
            {
                using Stream part = archive.CreateEntry(name, level).Open();
                part.Write(Utf8(text));
            }
        }

        return stream.ToArray();
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
