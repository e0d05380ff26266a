using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Serial;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Protocols.Tests.Dlt645;

public sealed class Dlt645FrameTests
{
    private readonly byte[] _data = new byte[Dlt645Frame.DataBytesMax];

    [Theory]
    [InlineData("000102030425", 0x11, "00000100", "68 25 04 03 02 01 00 68 11 04 33 33 34 33 E1 16")]
    [InlineData("AAAAAAAAAAAA", 0x13, "", "68 AA AA AA AA AA AA 68 13 00 DF 16")]
    public void Published_requests_are_written(string address, byte control, string data, string frame)
    {
        var bytes = new byte[Dlt645Frame.BytesMax];
        var length = Dlt645Frame.Write(bytes, AddressOf(address), control, Convert.FromHexString(data));
        Assert.Equal("FEFEFEFE" + frame.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(bytes.AsSpan(0, length)));
    }

    [Theory]
    [InlineData("68 25 04 03 02 01 00 68 91 08 33 33 34 33 75 39 45 33 8B 16", "000102030425", 1206.42)]
    [InlineData("68 61 01 00 00 00 00 68 91 08 33 33 34 33 59 33 33 33 8A 16", "000000000161", 0.26)]
    public void Published_answers_are_read(string frame, string address, double energy)
    {
        var received = Bytes(frame);
        Assert.Equal(LineFrameStatus.Complete, Dlt645Frame.Find(received, _data, out var header, out var consumed));
        Assert.Equal(received.Length, consumed);
        Assert.Equal(AddressOf(address), header.Address);
        Assert.Equal(address, header.Address.ToString());
        Assert.Equal(0x91, header.Control);
        Assert.Equal(8, header.DataBytes);
        Assert.Equal("00000100", Convert.ToHexString(_data.AsSpan(0, 4)));
        Assert.True(BcdNumber.TryRead(_data.AsSpan(4, 4), signed: false, out var value));
        Assert.Equal(energy, value / 100.0);
    }

    /// <summary>Published with C6, which is not the sum; 8E is.</summary>
    [Fact]
    public void An_example_published_with_a_wrong_checksum_is_refused()
    {
        Assert.Equal(LineFrameStatus.BadChecksum, Find("68 75 67 12 66 88 00 68 11 04 33 33 34 33 C6 16"));
        Assert.Equal(LineFrameStatus.Complete, Find("68 75 67 12 66 88 00 68 11 04 33 33 34 33 8E 16"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("FE FE FE FE")]
    [InlineData("68 25 04 03 02 01 00 68 91")]
    [InlineData("68 25 04 03 02 01 00 68 91 08 33 33 34 33 75 39 45 33 8B")]
    public void Beginnings_wait_for_more(string frame) => Assert.Equal(LineFrameStatus.Incomplete, Find(frame));

    [Fact]
    public void Garbage_and_false_starts_before_a_frame_are_passed_over()
    {
        var received = Bytes("00 68 68 FE 68 11 68 FE FE 68 25 04 03 02 01 00 68 91 08 33 33 34 33 75 39 45 33 8B 16 68");
        Assert.Equal(LineFrameStatus.Complete, Dlt645Frame.Find(received, _data, out var header, out var consumed));
        Assert.Equal(received.Length - 1, consumed);
        Assert.Equal("000102030425", header.Address.ToString());
    }

    /// <summary>A request and its answer in one go, as an adapter with echo gives them.</summary>
    [Fact]
    public void Frames_come_out_one_after_the_other()
    {
        var received = Bytes("68 AA AA AA AA AA AA 68 13 00 DF 16 FE 68 61 01 00 00 00 00 68 91 08 33 33 34 33 59 33 33 33 8A 16");
        Assert.Equal(LineFrameStatus.Complete, Dlt645Frame.Find(received, _data, out var first, out var consumed));
        Assert.Equal(0x13, first.Control);
        Assert.Equal(LineFrameStatus.Complete, Dlt645Frame.Find(received.AsSpan(consumed), _data, out var second, out _));
        Assert.Equal(0x91, second.Control);
    }

    [Fact]
    public void Whatever_is_written_is_found_in_any_garbage() => Prop.ForAll<byte[], byte, byte[]>((data, control, before) =>
    {
        data = data.Length > Dlt645Frame.DataBytesMax ? data[..Dlt645Frame.DataBytesMax] : data;

        // Garbage that is no beginning of a frame, so that what is found first is known.
        before = [.. before.Select(value => value == Dlt645Frame.Start ? (byte)0 : value)];
        var frame = new byte[Dlt645Frame.BytesMax];
        var address = AddressOf("123456789012");
        var length = Dlt645Frame.Write(frame, address, control, data);
        byte[] received = [.. before, .. frame.AsSpan(0, length), 0x68, 0xFE];
        return Dlt645Frame.Find(received, _data, out var header, out var consumed) == LineFrameStatus.Complete
            && consumed == before.Length + length && header == new Dlt645Header(address, control, data.Length)
            && _data.AsSpan(0, data.Length).SequenceEqual(data);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_changed_byte_is_never_taken_for_the_frame() => Prop.ForAll<PositiveInt, byte>((at, by) =>
    {
        var frame = Bytes("68 25 04 03 02 01 00 68 91 08 33 33 34 33 75 39 45 33 8B 16");
        frame[at.Get % frame.Length] += (byte)(by | 1);
        return Dlt645Frame.Find(frame, _data, out _, out _) != LineFrameStatus.Complete;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Finding_allocates_nothing()
    {
        var received = Bytes("FE FE 68 25 04 03 02 01 00 68 91 08 33 33 34 33 75 39 45 33 8B 16");
        Dlt645Frame.Find(received, _data, out _, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Dlt645Frame.Find(received, _data, out _, out _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private LineFrameStatus Find(string frame) => Dlt645Frame.Find(Bytes(frame), _data, out _, out _);

    private static byte[] Bytes(string frame) => Convert.FromHexString(frame.Replace(" ", "", StringComparison.Ordinal));

    private static MeterAddress AddressOf(string digits) =>
        digits.StartsWith('A') ? MeterAddress.Any : MeterAddress.TryParse(digits, out var address) ? address : throw new ArgumentException(digits);
}
