using EdgeAgent.Protocols.Cjt188;
using EdgeAgent.Protocols.Serial;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Protocols.Tests.Cjt188;

public sealed class Cjt188FrameTests
{
    [Fact]
    public void The_published_request_is_written_and_read()
    {
        Assert.True(Cjt188Address.TryParse("78330011223344", out var address));
        var wire = new byte[Cjt188Address.Bytes];
        address.Write(wire, highestFirst: false);
        var frame = new byte[Cjt188Frame.BytesMax];
        var length = Cjt188Frame.Write(frame, 0x10, wire, 0x01, [0x1F, 0x90, 0x00]);
        Assert.Equal("FEFEFE6810443322110033780103" + "1F90008016", Convert.ToHexString(frame.AsSpan(0, length)));

        Assert.Equal(LineFrameStatus.Complete, Cjt188Frame.Find(frame.AsSpan(0, length), out var found, out var consumed));
        Assert.Equal(length, consumed);
        Assert.Equal(0x10, found.Type);
        Assert.Equal(address, Cjt188Address.Read(found.Address, highestFirst: false));
        Assert.Equal("1F9000", Convert.ToHexString(found.Data));
    }

    [Fact]
    public void Makers_that_send_the_highest_digits_first_are_served()
    {
        Assert.True(Cjt188Address.TryParse("78330011223344", out var address));
        var wire = new byte[Cjt188Address.Bytes];
        address.Write(wire, highestFirst: true);
        Assert.Equal("78330011223344", Convert.ToHexString(wire));
        Assert.Equal(address, Cjt188Address.Read(wire, highestFirst: true));
    }

    [Theory]
    [InlineData("68 10 44 33 22 11 00 33 78 01 03 1F 90 00 81 16", LineFrameStatus.BadChecksum)]
    [InlineData("68 10 44 33 22 11 00 33 78 01 03 1F 90 00 80", LineFrameStatus.Incomplete)]
    [InlineData("68 10 44 33", LineFrameStatus.Incomplete)]
    [InlineData("FE FE", LineFrameStatus.Incomplete)]
    [InlineData("68 68 68 10 44 33 22 11 00 33 78 01 03 1F 90 00 80 16", LineFrameStatus.Complete)]
    public void Damaged_and_partial_frames(string frame, LineFrameStatus status) =>
        Assert.Equal(status, Cjt188Frame.Find(Convert.FromHexString(frame.Replace(" ", "", StringComparison.Ordinal)), out _, out _));

    [Fact]
    public void Whatever_is_written_is_found_in_any_garbage() => Prop.ForAll<byte[], byte, byte[]>((data, control, before) =>
    {
        data = data.Length > Cjt188Frame.DataBytesMax ? data[..Cjt188Frame.DataBytesMax] : data;
        before = [.. before.Select(value => value == Cjt188Frame.Start ? (byte)0 : value)];
        var frame = new byte[Cjt188Frame.BytesMax];
        var length = Cjt188Frame.Write(frame, 0x20, [1, 2, 3, 4, 5, 6, 7], control, data);
        byte[] received = [.. before, .. frame.AsSpan(0, length), 0xFE];
        return Cjt188Frame.Find(received, out var found, out var consumed) == LineFrameStatus.Complete
            && consumed == before.Length + length && found.Control == control && found.Data.SequenceEqual(data);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0x2C, MeterQuantity.Volume, 1)]
    [InlineData(0x29, MeterQuantity.Volume, 0.001)]
    [InlineData(0x05, MeterQuantity.Energy, 1)]
    [InlineData(0x11, MeterQuantity.Energy, 1000 / 3.6)]
    [InlineData(0x35, MeterQuantity.Flow, 1)]
    public void Unit_codes_have_their_factors(byte code, MeterQuantity quantity, double factor)
    {
        Assert.True(MeterUnit.TryFactor(code, quantity, out var actual));
        Assert.Equal(factor, actual, 12);
        Assert.False(MeterUnit.TryFactor(code, MeterQuantity.Temperature, out _));
    }
}
