using System.Text;
using EdgeAgent.Protocols.Hj212;

namespace EdgeAgent.Protocols.Tests.Hj212;

public sealed class Hj212Tests
{
    /// <summary>The example of the standard.</summary>
    private const string Published = "##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80\r\n";

    [Fact]
    public void The_published_packet_is_read_and_written()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(Published);
        Assert.Equal(Hj212FrameResult.Packet, Hj212Frame.TryRead(bytes, out int consumed, out ReadOnlySpan<byte> segment));
        Assert.Equal((bytes.Length, 101), (consumed, segment.Length));
        Assert.Equal(bytes, Hj212Frame.Write(segment));
        Assert.True(Hj212Packet.TryRead(segment, out Hj212Packet packet));
        Assert.Equal((32, 1062, 5, 1, 1), (packet.System, packet.Command, packet.Flag, packet.Parts, packet.Part));
        Assert.Equal("20160801085857223 100000 010000A8900016F000169DC0", $"{Text(packet.Request)} {Text(packet.Password)} {Text(packet.Machine)}");
        Assert.True(packet.WantsAnswer);
        Hj212Items items = packet.Items();
        Assert.True(items.MoveNext());
        Assert.Equal("RtdInterval 30", $"{Text(items.Name)} {Text(items.Value)}");
        Assert.False(items.MoveNext());
    }

    [Fact]
    public void The_answer_is_9014_of_the_same_request()
    {
        Hj212Frame.TryRead(Encoding.ASCII.GetBytes(Published), out _, out ReadOnlySpan<byte> segment);
        Hj212Packet.TryRead(segment, out Hj212Packet packet);
        Assert.Equal(Hj212FrameResult.Packet, Hj212Frame.TryRead(packet.Answer(), out _, out ReadOnlySpan<byte> answer));
        Assert.Equal("QN=20160801085857223;ST=91;CN=9014;PW=100000;MN=010000A8900016F000169DC0;Flag=4;CP=&&&&", Text(answer));
    }

    [Theory]
    [InlineData("1C81")]
    [InlineData("1C8G")]
    [InlineData("0000")]
    public void A_wrong_check_is_broken(string check)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(Published.Replace("1C80", check, StringComparison.Ordinal));
        Assert.Equal(Hj212FrameResult.Broken, Hj212Frame.TryRead(bytes, out _, out _));
    }

    [Fact]
    public void Any_flipped_bit_of_the_segment_is_seen()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(Published);
        for (int bit = 6 * 8; bit < (6 + 101) * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(Hj212FrameResult.Packet, Hj212Frame.TryRead(bytes, out _, out _));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Packets_are_found_between_noise_however_they_are_cut()
    {
        byte[] stream = Encoding.ASCII.GetBytes("#noise##12x4" + Published + "##" + Published);
        for (int cut = 1; cut < stream.Length; cut += 3)
        {
            int from = 0, found = 0;
            for (int to = cut; ; to = Math.Min(to + cut, stream.Length))
            {
                Hj212FrameResult result;
                do
                {
                    result = Hj212Frame.TryRead(stream.AsSpan(from, to - from), out int consumed, out _);
                    from += consumed;
                    found += result == Hj212FrameResult.Packet ? 1 : 0;
                }
                while (result != Hj212FrameResult.NeedMore);

                if (to == stream.Length)
                {
                    break;
                }
            }

            Assert.Equal(2, found);
        }
    }

    [Fact]
    public void Items_are_apart_by_semicolons_and_commas()
    {
        byte[] segment = Encoding.ASCII.GetBytes("QN=1;ST=31;CN=2011;PW=1;MN=M;Flag=7;PNUM=3;PNO=2;CP=&&DataTime=20160801085857;a01001-Rtd=1.5,a01001-Flag=N;;x;a21026-Rtd=&&");
        Assert.True(Hj212Packet.TryRead(segment, out Hj212Packet packet));
        Assert.Equal((3, 2), (packet.Parts, packet.Part));
        var read = new List<string>();
        for (Hj212Items items = packet.Items(); items.MoveNext();)
        {
            read.Add(Text(items.Name) + "=" + Text(items.Value));
        }

        Assert.Equal(["DataTime=20160801085857", "a01001-Rtd=1.5", "a01001-Flag=N", "a21026-Rtd="], read);
    }

    [Theory]
    [InlineData("ST=31;CN=2011;MN=M")]
    [InlineData("ST=31;MN=M;CP=&&&&")]
    [InlineData("ST=31;CN=2011;CP=&&&&")]
    [InlineData("CN=2011;MN=M;CP=&&x")]
    [InlineData("CN=2011;MN=M;Flag=2;PNUM=2;PNO=3;CP=&&&&")]
    public void What_lacks_its_parts_is_no_packet(string segment) => Assert.False(Hj212Packet.TryRead(Encoding.ASCII.GetBytes(segment), out _));

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes);
}
