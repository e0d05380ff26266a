using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Protocols.Tests.Melsec;

/// <summary>Frames byte by byte, the first ones as Mitsubishi's manual prints them.</summary>
public sealed class MelsecFramesTests
{
    private static readonly MelsecClientOptions E3 = new() { Host = "h", Port = 1, ResponseTimeoutMs = 4000 };
    private static readonly MelsecClientOptions E1 = E3 with { Frame = MelsecFrameKind.E1, ResponseTimeoutMs = 2500 };

    [Fact]
    public void Two_words_from_M100_are_read()
    {
        byte[] frame = new byte[32];
        int length = MelsecFrames.WriteRead(frame, E3, new MelsecRun(MelsecArea.InternalRelay, 100, 2));
        Assert.Equal("500000FFFF03000C00100001040000640000900200", Convert.ToHexString(frame, 0, length));
        byte[] header = Convert.FromHexString("D00000FFFF03000600");
        Assert.Equal(6, MelsecFrames.BodyLength3E(header, E3));
        byte[] words = new byte[4];
        Assert.True(MelsecFrames.TryRead3E(Convert.FromHexString("000034120200"), words, out ushort endCode));
        Assert.Equal((0, "34120200"), (endCode, Convert.ToHexString(words)));
    }

    [Fact]
    public void An_end_code_is_told()
    {
        byte[] header = Convert.FromHexString("D00000FFFF03000B00");
        Assert.Equal(11, MelsecFrames.BodyLength3E(header, E3));
        Assert.True(MelsecFrames.TryRead3E(Convert.FromHexString("56C00000FFFF030001040000".Substring(0, 22)), new byte[4], out ushort endCode));
        Assert.Equal(0xC056, endCode);
        Assert.True(new MelsecResult(MelsecStatus.Refused, endCode).IsAddressRefused);
    }

    [Theory]
    [InlineData("500000FFFF03000600")] // a request
    [InlineData("D00001FFFF03000600")] // another network
    [InlineData("D00000FFFF03000100")] // too short for an end code
    [InlineData("D00000FFFF0300FFFF")] // longer than any answer
    [InlineData("485454502F312E3120")] // HTTP
    public void Other_headers_are_refused(string header) => Assert.Equal(-1, MelsecFrames.BodyLength3E(Convert.FromHexString(header), E3));

    [Fact]
    public void Fewer_words_than_asked_for_are_refused() => Assert.False(MelsecFrames.TryRead3E(Convert.FromHexString("00003412"), new byte[4], out _));

    [Fact]
    public void Three_registers_are_read_with_1E()
    {
        byte[] frame = new byte[32];
        int length = MelsecFrames.WriteRead(frame, E1, new MelsecRun(MelsecArea.DataRegister, 100, 3));
        Assert.Equal("01FF0A006400000020440300", Convert.ToHexString(frame, 0, length));
        byte[] words = new byte[6];
        byte[] header = [0x81, 0];
        Assert.Equal(6, MelsecFrames.BodyLength1E(header, 3));
        Assert.True(MelsecFrames.TryRead1E(header, Convert.FromHexString("341278560000"), words, out ushort endCode));
        Assert.Equal((0, "341278560000"), (endCode, Convert.ToHexString(words)));
    }

    [Fact]
    public void A_1E_error_has_its_abnormal_code()
    {
        byte[] header = [0x81, 0x5B];
        Assert.Equal(2, MelsecFrames.BodyLength1E(header, 3));
        Assert.True(MelsecFrames.TryRead1E(header, [0x10, 0x00], new byte[6], out ushort endCode));
        Assert.Equal(0x5B10, endCode);
        Assert.Equal(-1, MelsecFrames.BodyLength1E([0x80, 0], 3));
    }
}
