using EdgeAgent.Core.Configuration;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Core.Tests.Configuration;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\nc,d", "a|b/c|d")]
    [InlineData("a,b\r\n\r\nc,d\r\n", "a|b/c|d")]
    [InlineData("a\rb\r", "a/b")]
    [InlineData("\"a,b\",\"c\"\"d\"\n", "a,b|c\"d")]
    [InlineData("\"a\r\nb\",c", "a\r\nb|c")]
    [InlineData(",\n", "|")]
    [InlineData("\"\",\n", "|")]
    [InlineData("a,", "a|")]
    [InlineData("# note\na", "a")]
    [InlineData("", "")]
    public void Rows_are_these(string text, string expected) =>
        Assert.Equal(expected, string.Join('/', Rows(text).Select(row => string.Join('|', row))));

    [Theory]
    [InlineData("a\"b,c\nd", 1, 1)]
    [InlineData("ok\na,\"b\"c\nd", 2, 2)]
    [InlineData("ok\n\na,b,\"never ends\n\n", 3, 3)]
    [InlineData("\"two\nlines\",x\na,b\"", 3, 2)]
    public void Problems_have_line_and_column(string text, int line, int column)
    {
        var reader = new CsvReader(text, ',');
        var cells = new List<string>();
        while (reader.TryRead(cells) && reader.Problem is null)
        {
        }

        Assert.NotNull(reader.Problem);
        Assert.Equal((line, column), (reader.Line, reader.ProblemColumn));
    }

    [Fact]
    public void Reading_goes_on_behind_a_bad_row()
    {
        var reader = new CsvReader("a\"\nb\n", ',');
        var cells = new List<string>();
        Assert.True(reader.TryRead(cells) && reader.Problem is not null);
        Assert.True(reader.TryRead(cells) && reader.Problem is null);
        Assert.Equal(["b"], cells);
    }

    [Theory]
    [InlineData("a,b;c,d\n;;;;", ',')]
    [InlineData("a;b;c\n", ';')]
    [InlineData("\"a;b;c\",d\n", ',')]
    [InlineData("a\tb,c\td", '\t')]
    [InlineData("# x;y;z\n\na,b", ',')]
    [InlineData("", ',')]
    public void The_separator_is_seen_in_the_header(string text, char separator) => Assert.Equal(separator, CsvReader.SeparatorOf(text));

    [Fact]
    public void Whatever_is_written_quoted_comes_back() =>
        Prop.ForAll(Cells().ToArbitrary(), rows =>
        {
            string text = string.Concat(rows.Select(row => string.Join(',', row.Select(c => "\"" + c.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"")) + "\r\n"));
            Assert.Equal(rows, Rows(text));
        }).QuickCheckThrowOnFailure();

    private static Gen<string[][]> Cells() =>
        (from c in Gen.Elements('a', '"', ',', '\r', '\n', '#', ' ', '文', ';') select c)
            .ArrayOf().Select(chars => new string(chars)).NonEmptyListOf().Select(list => list.ToArray()).ArrayOf();

    private static List<string[]> Rows(string text)
    {
        var rows = new List<string[]>();
        var reader = new CsvReader(text, ',');
        var cells = new List<string>();
        while (reader.TryRead(cells))
        {
            Assert.Null(reader.Problem);
            rows.Add([.. cells]);
        }

        return rows;
    }
}
