using System.Text;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Framing;
using EdgeAgent.Protocols.Modbus.Pdu;

namespace EdgeAgent.Protocols.Tests.Modbus.Framing;

/// <summary>Frames whose bytes are known from elsewhere.</summary>
public sealed class GoldenFrameTests
{
    private static readonly ModbusReadRequest Request = new(0x11, ModbusFunction.ReadHoldingRegisters, 0x006B, 3);

    [Fact]
    public void An_rtu_request_and_its_answer()
    {
        var frame = new byte[8];
        ReadPdu.WriteRequest(frame.AsSpan(1), Request);
        Assert.Equal(8, RtuFrame.Seal(frame, 0x11, ReadPdu.RequestBytes));
        Assert.Equal(Bytes.Of("11 03 00 6B 00 03 76 87"), frame);

        var answer = Bytes.Of("11 03 06 AE 41 56 52 43 40 49 AD");
        Assert.Equal(FrameStatus.Complete, RtuFrame.ReadResponse(answer, out var unit, out var pdu));
        Assert.Equal(0x11, unit);
        Assert.True(ReadPdu.ReadResponse(Request, pdu, out var data).IsOk);
        Assert.Equal(Bytes.Of("AE 41 56 52 43 40"), data.ToArray());
    }

    [Theory]
    [InlineData("01 03 00 00 00 0A", "C5 CD")]
    [InlineData("01 02 00 C4 00 16", "B8 39")]
    [InlineData("01 83 02", "C0 F1")]
    [InlineData("", "FF FF")]
    public void Checksums_of_rtu(string bytes, string crc)
    {
        var computed = RtuCrc.Compute(Bytes.Of(bytes));
        Assert.Equal(crc, $"{computed & 0xFF:X2} {computed >> 8:X2}");
    }

    [Fact]
    public void An_ascii_request_and_its_answer()
    {
        Span<byte> pdu = stackalloc byte[ReadPdu.RequestBytes];
        ReadPdu.WriteRequest(pdu, Request);
        var frame = new byte[ModbusLimits.AsciiFrameBytesMax];
        var length = AsciiFrame.Write(frame, 0x11, pdu);
        Assert.Equal(":1103006B00037E\r\n", Encoding.ASCII.GetString(frame, 0, length));

        var adu = new byte[255];
        var answer = Encoding.ASCII.GetBytes("noise:1103:110306ae415652434 0\n:110306AE4156524340CC\r\n");
        Assert.Equal(FrameStatus.Invalid, AsciiFrame.Read(answer, adu, out var consumed, out _));
        Assert.Equal(FrameStatus.Complete, AsciiFrame.Read(answer.AsSpan(consumed), adu, out _, out var aduBytes));
        Assert.Equal(Bytes.Of("11 03 06 AE 41 56 52 43 40"), adu[..aduBytes]);
    }

    [Fact]
    public void An_mbap_request_and_its_refusal()
    {
        var frame = new byte[12];
        ReadPdu.WriteRequest(frame.AsSpan(7), Request);
        MbapFrame.WriteHeader(frame, new MbapHeader(0x1501, 0x11, ReadPdu.RequestBytes));
        Assert.Equal(Bytes.Of("15 01 00 00 00 06 11 03 00 6B 00 03"), frame);

        var answer = Bytes.Of("15 01 00 00 00 03 11 83 02");
        Assert.Equal(FrameStatus.Complete, MbapFrame.Read(answer, out var header, out var pdu));
        Assert.Equal(new MbapHeader(0x1501, 0x11, 2), header);
        Assert.Equal(new ModbusResult(ModbusStatus.Exception, 2), ReadPdu.ReadResponse(Request, pdu, out _));
    }

    [Theory]
    [InlineData("15 01 00 00 00 03 11 83", FrameStatus.Incomplete)]
    [InlineData("15", FrameStatus.Incomplete)]
    [InlineData("", FrameStatus.Incomplete)]
    [InlineData("15 01 01", FrameStatus.Invalid)]
    [InlineData("15 01 00 00 01", FrameStatus.Invalid)]
    [InlineData("15 01 00 00 00 01", FrameStatus.Invalid)]
    [InlineData("15 01 00 00 00 FF", FrameStatus.Invalid)]
    [InlineData("15 01 00 00 00 FE", FrameStatus.Incomplete)]
    public void Mbap_headers_that_are_none(string bytes, FrameStatus status) =>
        Assert.Equal(status, MbapFrame.Read(Bytes.Of(bytes), out _, out _));

    [Theory]
    [InlineData("11 03", FrameStatus.Incomplete)]
    [InlineData("11 03 06 AE 41 56 52 43 40 49", FrameStatus.Incomplete)]
    [InlineData("11 03 06 AE 41 56 52 43 40 49 AC", FrameStatus.BadChecksum)]
    [InlineData("11 03 FC", FrameStatus.Invalid)]
    [InlineData("11 07 00", FrameStatus.Invalid)]
    [InlineData("11 80 00", FrameStatus.Invalid)]
    public void Rtu_answers_that_are_none(string bytes, FrameStatus status) =>
        Assert.Equal(status, RtuFrame.ReadResponse(Bytes.Of(bytes), out _, out _));
}
