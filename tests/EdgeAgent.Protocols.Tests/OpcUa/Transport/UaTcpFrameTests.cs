using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.Tests.OpcUa.Transport;

public sealed class UaTcpFrameTests
{
    [Fact]
    public void Hello_is_these_bytes()
    {
        var target = new UaBuffer();
        var hello = new HelloMessage(new UaTcpLimits(65_536, 8192, 0, 5), "opc.tcp://h:1");
        hello.Write(target);
        Assert.Equal(Hex.Text(Hex.Bytes("48454C46 2D000000 00000000 00000100 00200000 00000000 05000000 0D000000 6F70632E7463703A2F2F683A31")),
            Hex.Text(target.WrittenSpan));
        Assert.Equal(FrameStatus.Complete, UaTcpFrame.Read(target.WrittenSpan, 8192, out UaTcpFrame frame));
        Assert.Equal(new UaTcpFrame(UaTcpMessageType.Hello, ChunkKind.Final, 45), frame);
        Assert.True(HelloMessage.TryRead(target.WrittenSpan, out HelloMessage read));
        Assert.Equal(hello, read);
    }

    [Fact]
    public void Acknowledge_and_error_are_these_bytes()
    {
        var target = new UaBuffer();
        var acknowledge = new AcknowledgeMessage(new UaTcpLimits(8192, 8192, 1, 2));
        acknowledge.Write(target);
        Assert.Equal(Hex.Text(Hex.Bytes("41434B46 1C000000 00000000 00200000 00200000 01000000 02000000")), Hex.Text(target.WrittenSpan));
        Assert.True(AcknowledgeMessage.TryRead(target.WrittenSpan, out AcknowledgeMessage read));
        Assert.Equal(acknowledge, read);

        target.Clear();
        var error = new ErrorMessage(StatusCodes.BadTcpEndpointUrlInvalid, "no");
        error.Write(target);
        Assert.Equal(Hex.Text(Hex.Bytes("45525246 12000000 00008380 02000000 6E6F")), Hex.Text(target.WrittenSpan));
        Assert.True(ErrorMessage.TryRead(target.WrittenSpan, out ErrorMessage readError));
        Assert.Equal(error, readError);
    }

    [Fact]
    public void Messages_cut_or_too_long_are_refused()
    {
        Assert.False(HelloMessage.TryRead(Hex.Bytes("48454C46 0C000000 00000000"), out _));
        Assert.False(AcknowledgeMessage.TryRead(Hex.Bytes("41434B46 1D000000 00000000 00200000 00200000 01000000 02000000 00"), out _));
        Assert.False(ErrorMessage.TryReadBody(Hex.Bytes("00008380 01100000"), out _));
    }

    [Theory]
    [InlineData("4D534746 00200000", "Incomplete")]
    [InlineData("4D534746 01200000", "SizeInvalid")]
    [InlineData("4D534746 07000000", "SizeInvalid")]
    [InlineData("4D534746 FFFFFFFF", "SizeInvalid")]
    [InlineData("4D534743 08000000", "Complete")]
    [InlineData("4D534741 08000000", "Complete")]
    [InlineData("4D534758 08000000", "TypeInvalid")]
    [InlineData("4F504E43 08000000", "TypeInvalid")]
    [InlineData("47455420 2F204854", "TypeInvalid")]
    [InlineData("4D5347", "Incomplete")]
    public void A_frame_is_judged_by_its_header(string hex, string status) =>
        Assert.Equal(status, UaTcpFrame.Read(Hex.Bytes(hex), 8192, out _).ToString());
}
