using System.Text;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Core.Tests.Configuration.Editing;

public sealed class TagSheetTests
{
    [Theory]
    [InlineData(54936)]
    [InlineData(65001)]
    [InlineData(1200)]
    public void A_table_is_written_in_the_encoding_in_which_it_was_found(int codePage)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
        byte[] bytes = [.. codePage == 54936 ? [] : encoding.GetPreamble(), .. encoding.GetBytes("# 冲床\r\n名称;地址;备注\r\n温度;hr:0;\"a;b\"\"c\"\r\n")];
        TagSheet sheet = TagSheet.Read(bytes)!;
        Assert.Equal(["温度", "hr:0", "a;b\"c"], sheet.Rows.Single());
        Assert.Equal(bytes, sheet.ToBytes());
    }

    [Fact]
    public void Comments_between_rows_are_named_before_they_are_lost() =>
        Assert.Equal([3], TagSheet.Read("name,address\na,hr:0\n# here\nb,hr:1\n"u8)!.CommentLines);

    [Fact]
    public void Cells_of_a_spreadsheet_become_rows_with_errors_by_cell()
    {
        TagSheet sheet = PastedCells.Read("名称\t地址\t类型\t倍率\n温度\thr:0\tflaot32\t0,1\n\"两\n行\"\thr:2\tfloat32\t\n温度\thr:4\t\t\n", [])!;
        (IReadOnlyList<TagConfig> tags, IReadOnlyList<SheetProblem> problems) = TagSheetCheck.Check(sheet);
        Assert.Equal(["两\n行", "温度"], tags.Select(t => t.Name));
        Assert.Equal([(0, 2), (0, 3), (2, 0)], problems.Select(p => (p.Row, p.Column)));
        Assert.Contains("float32", problems[0].TryNext, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pasted_header_means_the_columns_that_the_table_has_by_whichever_name()
    {
        TagSheet sheet = PastedCells.Read("名称\t寄存器地址\t产线\n温度\thr:0\t一线\n", [], ["name", "address", "type"])!;
        Assert.Equal(["name", "address", "产线"], sheet.Columns);
        Assert.Equal(["温度", "hr:0", "一线"], sheet.Rows.Single());
    }

    [Fact]
    public void Cells_without_a_header_go_into_the_columns_that_are_there()
    {
        TagSheet sheet = PastedCells.Read("temperature\thr:0\r\npressure\thr:2\r\n", ["name", "address"])!;
        Assert.Equal(2, TagSheetCheck.Check(sheet).Tags.Count);
        Assert.Null(PastedCells.Read("\"open\tquote", ["name"]));
    }
}
