using System.Text;
using EdgeAgent.Collector.LastFrames;

namespace EdgeAgent.Collector.Tests.LastFrames;

public sealed class FrameTextTests
{
    [Theory]
    [InlineData("ST,+ 21.5 kg\r\n", "ST,+ 21.5 kg\u240D\u240A")]
    [InlineData("\u000212.5\u0003", "\u240212.5\u2403")]
    [InlineData("a\nb\n", "a\u240A\nb\u240A")]
    [InlineData("{\"温度\":21.5}", "{\"温度\":21.5}")]
    public void Text_shows_its_control_characters(string sent, string shown) => Assert.Equal(shown, FrameText.Of(Encoding.UTF8.GetBytes(sent), isCut: false, Encoding.UTF8));

    [Theory]
    [InlineData("")]
    [InlineData("0103020007")]
    [InlineData("48656C6C6F00")]
    [InlineData("FFFE41")]
    public void Bytes_are_no_text(string hex) => Assert.Null(FrameText.Of(Convert.FromHexString(hex), isCut: false, Encoding.UTF8));

    [Fact]
    public void A_character_that_is_cut_in_two_is_left_out_and_a_wrong_one_is_not()
    {
        byte[] half = [.. "温度"u8.ToArray()[..5]];
        Assert.Equal("温", FrameText.Of(half, isCut: true, Encoding.UTF8));
        Assert.Null(FrameText.Of(half, isCut: false, Encoding.UTF8));
    }

    [Fact]
    public void Text_in_the_encoding_of_Chinese_instruments_is_read_as_such()
    {
        Encoding gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;
        Assert.Equal("重量 21.5", FrameText.Of(gb18030.GetBytes("重量 21.5"), isCut: false, gb18030));
    }
}
