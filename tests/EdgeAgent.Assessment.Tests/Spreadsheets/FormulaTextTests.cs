using EdgeAgent.Assessment.Spreadsheets;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Assessment.Tests.Spreadsheets;

public sealed class FormulaTextTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+86", "'+86")]
    [InlineData("-5", "'-5")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("  =1", "'  =1")]
    [InlineData("＝cmd", "'＝cmd")]
    [InlineData("'=1", "''=1")]
    [InlineData("冲床-1", "冲床-1")]
    [InlineData("it's", "it's")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("", "")]
    public void What_could_be_run_gets_an_apostrophe(string text, string safe)
    {
        Assert.Equal(safe, FormulaText.Neutralize(text));
        Assert.Equal(text, FormulaText.Restore(safe));
    }

    [Fact]
    public void Neutralizing_is_undone_for_any_text_and_leaves_nothing_that_runs()
    {
        Gen<string> texts = Gen.Elements('=', '\'', '+', 'a', ' ', '＝', '\t').ArrayOf().Select(c => new string(c));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(texts.ToArbitrary(), text =>
            !FormulaText.IsFormula(FormulaText.Neutralize(text)) && FormulaText.Restore(FormulaText.Neutralize(text)) == text));
    }

    [Fact]
    public void A_csv_file_quotes_what_needs_quotes()
    {
        byte[] csv = CsvText.Write(["甲", "乙"], [["a,b", "c\"d"], ["=1+1", "两\n行"]]);
        Assert.Equal("\ufeff甲,乙\r\n\"a,b\",\"c\"\"d\"\r\n'=1+1,\"两\n行\"\r\n", System.Text.Encoding.UTF8.GetString(csv));
    }
}
