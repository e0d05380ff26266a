using System.IO.Compression;
using System.Text;
using EdgeAgent.Assessment.Reports;
using EdgeAgent.Assessment.Reports.Workbooks;

namespace EdgeAgent.Assessment.Tests.Reports;

public sealed class WorkbookTests
{
    private static readonly byte[] Samples = Encoding.UTF8.GetBytes("\uFEFFagent,device,value\r\ngw-01,filler-1,\"'=1+1\"\r\n");

    [Fact]
    public void The_same_inputs_give_the_same_bytes() =>
        Assert.Equal(AssessmentWorkbook.Write(FormScene.Inputs(), Samples), AssessmentWorkbook.Write(FormScene.Inputs(), Samples));

    [Fact]
    public void It_has_every_list_and_no_formula()
    {
        byte[] book = AssessmentWorkbook.Write(FormScene.Inputs(), Samples);
        using ZipArchive zip = new(new MemoryStream(book));
        string all = string.Concat(zip.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal)).Select(ReadText));
        foreach (string expected in (string[])["设备清单", "排除清单", "设备覆盖率", "差异清单", "核查发现", "原始数据抽样", "备用打码机", "A-020"])
        {
            Assert.Contains(expected, all, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<f>", all, StringComparison.Ordinal);
        Assert.DoesNotContain("<x:f>", all, StringComparison.Ordinal);
    }

    private static string ReadText(ZipArchiveEntry entry)
    {
        using StreamReader reader = new(entry.Open());
        return reader.ReadToEnd();
    }
}
