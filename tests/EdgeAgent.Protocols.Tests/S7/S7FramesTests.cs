using EdgeAgent.Protocols.S7;

namespace EdgeAgent.Protocols.Tests.S7;

/// <summary>Frames byte by byte, as they went between a client and the server of snap7.</summary>
public sealed class S7FramesTests
{
    private static readonly S7ReadItem[] One = [new(S7Area.DataBlock, 10, 0, 4)];
    private static readonly S7ReadItem[] Two = [new(S7Area.DataBlock, 10, 0, 3), new(S7Area.DataBlock, 99, 0, 4)];

    [Fact]
    public void A_transport_connection_is_asked_for_and_confirmed()
    {
        byte[] frame = new byte[64];
        int length = S7Frames.WriteConnect(frame, 0x0100, S7ClientOptions.TsapOf(S7ConnectionType.Operator, 0, 1));
        Assert.Equal("0300001611E00000000100C0010AC1020100C2020201", Convert.ToHexString(frame, 0, length));
        byte[] confirm = Convert.FromHexString("0300001611D00001000100C0010AC1020100C2020201");
        Assert.Equal(22, S7Frames.FrameLength(confirm));
        Assert.True(S7Frames.IsConnectConfirm(confirm));
        Assert.False(S7Frames.IsConnectConfirm(frame.AsSpan(0, length)));
    }

    [Theory]
    [InlineData(S7ConnectionType.Programmer, 0, 2, 0x0102)]
    [InlineData(S7ConnectionType.Operator, 1, 3, 0x0223)]
    [InlineData(S7ConnectionType.Basic, 0, 0, 0x0300)]
    public void Rack_and_slot_make_the_selector(S7ConnectionType type, int rack, int slot, int tsap) => Assert.Equal(tsap, S7ClientOptions.TsapOf(type, rack, slot));

    [Fact]
    public void The_length_of_messages_is_agreed()
    {
        byte[] frame = new byte[64];
        int length = S7Frames.WriteSetup(frame, 1, 960);
        Assert.Equal("0300001902F08032010000000100080000F0000001000103C0", Convert.ToHexString(frame, 0, length));
        byte[] answer = Convert.FromHexString("0300001B02F0803203000000010008000000 00F0000001000103C0".Replace(" ", "", StringComparison.Ordinal));
        Assert.True(S7Frames.TryReadSetup(answer, 1, out int bytes));
        Assert.Equal(960, bytes);
        Assert.False(S7Frames.TryReadSetup(answer, 2, out _));
    }

    [Fact]
    public void One_item_is_read()
    {
        byte[] frame = new byte[64];
        int length = S7Frames.WriteRead(frame, 2, One);
        Assert.Equal("0300001F02F080320100000002000E00000401120A10020004000A84000000", Convert.ToHexString(frame, 0, length));
        Assert.Equal(S7Frames.RequestBytes(1), length - 7);
        byte[] data = new byte[4];
        var statuses = new S7ItemStatus[1];
        Assert.True(S7Frames.TryReadData(Convert.FromHexString("0300001D02F080320300000002000200080000" + "0401FF04002001020304"), 2, One, data, statuses, out ushort error));
        Assert.Equal((0, S7ItemStatus.Ok, "01020304"), (error, statuses[0], Convert.ToHexString(data)));
    }

    [Fact]
    public void An_odd_item_is_padded_and_a_missing_block_has_its_return_code()
    {
        byte[] frame = new byte[64];
        int length = S7Frames.WriteRead(frame, 3, Two);
        Assert.Equal("0300002B02F080320100000003001A00000402120A10020003000A84000000120A10020004006384000000", Convert.ToHexString(frame, 0, length));
        byte[] data = new byte[7];
        var statuses = new S7ItemStatus[2];
        Assert.True(S7Frames.TryReadData(Convert.FromHexString("0300002102F0803203000000030002000C00000402FF040018" + "AABBCC000A000004"), 3, Two, data, statuses, out ushort error));
        Assert.Equal((0, S7ItemStatus.Ok, S7ItemStatus.DoesNotExist), (error, statuses[0], statuses[1]));
        Assert.Equal("AABBCC00000000", Convert.ToHexString(data));
    }

    [Fact]
    public void An_address_beyond_the_block_and_a_refused_job_are_told()
    {
        byte[] data = new byte[16];
        var statuses = new S7ItemStatus[1];
        S7ReadItem[] items = [new(S7Area.DataBlock, 11, 0, 16)];
        Assert.True(S7Frames.TryReadData(Convert.FromHexString("0300001902F0803203000000040002000400000401" + "05000004"), 4, items, data, statuses, out ushort error));
        Assert.Equal((0, S7ItemStatus.AddressOutOfRange), (error, statuses[0]));
        // PUT/GET switched off: a header with an error class and code, and nothing behind it.
        Assert.True(S7Frames.TryReadData(Convert.FromHexString("0300001302F08032030000000500000000" + "8104"), 5, items, data, statuses, out error));
        Assert.True(new S7ReadResult(S7ReadStatus.Refused, error).IsAccessRefused);
    }

    [Theory]
    [InlineData("0300001D02F080320300000002000200080000" + "0401FF04002801020304")] // five bytes announced
    [InlineData("0300001D02F080320300000002000200080000" + "0402FF04002001020304")] // two items
    [InlineData("0300001D02F080320300000003000200080000" + "0401FF04002001020304")] // another request's
    [InlineData("0300001D02F080320100000002000200080000" + "0401FF04002001020304")] // a job
    [InlineData("0300001D02F080320300000002000200180000" + "0401FF04002001020304")] // more data than came
    [InlineData("0300001D02E080320300000002000200080000" + "0401FF04002001020304")] // not transport data
    public void What_does_not_fit_is_refused(string answer) =>
        Assert.False(S7Frames.TryReadData(Convert.FromHexString(answer), 2, One, new byte[4], new S7ItemStatus[1], out _));

    [Theory]
    [InlineData("03000004", -1)]
    [InlineData("02000016", -1)]
    [InlineData("0300FFFF", -1)]
    [InlineData("03000007", 7)]
    public void Only_a_transport_header_has_a_length(string header, int length) => Assert.Equal(length, S7Frames.FrameLength(Convert.FromHexString(header)));
}
