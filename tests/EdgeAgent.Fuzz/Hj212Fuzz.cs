using EdgeAgent.Protocols.Hj212;

namespace EdgeAgent.Fuzz;

/// <summary>Mutated packets, with and without a right check: no exception, no hang, not a byte allocated.</summary>
public sealed class Hj212Fuzz
{
    private const int Seed = 20_251_124;
    private const int Mutations = 1_000_000;

    private static readonly byte[][] Segments =
    [
        "QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&"u8.ToArray(),
        "QN=20160801085857223;ST=31;CN=2011;PW=1;MN=M;Flag=7;PNUM=3;PNO=2;CP=&&DataTime=20160801085857;a01001-Rtd=1.5,a01001-Flag=N&&"u8.ToArray(),
    ];

    [Fact]
    public void Streams_and_segments_of_any_bytes()
    {
        var streams = new SeededMutations(Seed, [.. Segments.Select(segment => Hj212Frame.Write(segment))]);
        var segments = new SeededMutations(Seed + 1, Segments);
        streams.Next();
        segments.Next();
        int items = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Mutations; i++)
        {
            ReadOnlySpan<byte> rest = streams.Next();
            while (Hj212Frame.TryRead(rest, out int consumed, out _) != Hj212FrameResult.NeedMore)
            {
                if (consumed <= 0)
                {
                    Assert.Fail("no progress");
                }

                rest = rest[consumed..];
            }

            if (Hj212Packet.TryRead(segments.Next(), out Hj212Packet packet))
            {
                for (Hj212Items walk = packet.Items(); walk.MoveNext();)
                {
                    items++;
                }
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(items > 1000);
    }
}
