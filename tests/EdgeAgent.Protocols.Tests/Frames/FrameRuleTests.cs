using System.Text;
using EdgeAgent.Protocols.Frames;

namespace EdgeAgent.Protocols.Tests.Frames;

public sealed class FrameRuleTests
{
    [Theory]
    [InlineData(ChecksumKind.Sum, 0xDD)]
    [InlineData(ChecksumKind.Xor, 0x31)]
    [InlineData(ChecksumKind.Crc16Modbus, 0x4B37)]
    [InlineData(ChecksumKind.Crc16Ccitt, 0x29B1)]
    public void Checksums_have_their_published_check_values(ChecksumKind kind, int expected) =>
        Assert.Equal(expected, Checksum.Compute(kind, "123456789"u8));

    [Theory]
    [InlineData(ChecksumKind.Sum, false, false)]
    [InlineData(ChecksumKind.Xor, false, true)]
    [InlineData(ChecksumKind.Crc16Modbus, true, false)]
    [InlineData(ChecksumKind.Crc16Ccitt, false, true)]
    public void A_written_checksum_is_right_and_any_flipped_bit_makes_it_wrong(ChecksumKind kind, bool lowFirst, bool hex)
    {
        var checksum = new Checksum(kind, 1, lowFirst, hex);
        byte[] frame = [0x02, .. "W+0012.5"u8, .. new byte[checksum.Size]];
        checksum.Write(frame.AsSpan(0, frame.Length - checksum.Size), frame.AsSpan(frame.Length - checksum.Size));
        Assert.True(checksum.IsRight(frame));
        for (int bit = 8; bit < (frame.Length - checksum.Size) * 8; bit++)
        {
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(checksum.IsRight(frame));
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Lines_are_found_however_they_are_cut()
    {
        var rule = new FrameRule { End = "\r\n"u8.ToArray() };
        byte[] stream = "ST,GS,+ 12.5 kg\r\n\r\nUS,GS,+ 13 kg\r\n"u8.ToArray();
        for (int cut = 1; cut <= stream.Length; cut++)
        {
            Assert.Equal(["ST,GS,+ 12.5 kg", "US,GS,+ 13 kg"], Frames(rule, stream, cut));
        }
    }

    [Fact]
    public void Noise_before_and_between_frames_costs_no_frame()
    {
        var rule = new FrameRule
        {
            Start = new byte[] { 0x68 }, Length = new LengthField(1, 1, false, 4), Checksum = new Checksum(ChecksumKind.Crc16Modbus, 0, true), SizeMax = 32,
        };
        byte[] content = [0x68, 3, 0x41, 0x42, 0x43];
        byte[] frame = [.. content, 0, 0];
        rule.Checksum.Write(content, frame.AsSpan(5));
        byte[] stream = [0x00, 0x68, 0xFF, .. frame, 0x68, 0x03, 0x01, .. frame, 0x12, 0x68, 1];
        Assert.Equal([Encoding.Latin1.GetString(content), Encoding.Latin1.GetString(content)], Frames(rule, stream, 1));
    }

    [Fact]
    public void A_frame_of_fixed_length_with_a_wrong_checksum_is_none()
    {
        var rule = new FrameRule { Start = "#"u8.ToArray(), FixedLength = 4, Checksum = new Checksum(ChecksumKind.Sum) };
        Assert.Equal(["#ab"], Frames(rule, [(byte)'#', (byte)'a', (byte)'b', 0, (byte)'#', (byte)'a', (byte)'b', 0xE6], 8));
    }

    [Fact]
    public void No_more_than_the_longest_frame_is_ever_waited_for()
    {
        var rule = new FrameRule { End = "\n"u8.ToArray(), SizeMax = 8 };
        Assert.Equal(FrameResult.Broken, rule.TryRead(new byte[9], out int consumed, out _));
        Assert.Equal(1, consumed);
    }

    private static List<string> Frames(FrameRule rule, byte[] stream, int cut)
    {
        var found = new List<string>();
        int from = 0;
        for (int to = Math.Min(cut, stream.Length); ; to = Math.Min(to + cut, stream.Length))
        {
            while (true)
            {
                FrameResult result = rule.TryRead(stream.AsSpan(from, to - from), out int consumed, out ReadOnlySpan<byte> content);
                from += consumed;
                if (result == FrameResult.Frame)
                {
                    found.Add(Encoding.Latin1.GetString(content));
                }

                if (result == FrameResult.NeedMore)
                {
                    break;
                }
            }

            if (to == stream.Length)
            {
                return found;
            }
        }
    }
}
