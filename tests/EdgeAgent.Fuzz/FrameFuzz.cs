using EdgeAgent.Protocols.Frames;

namespace EdgeAgent.Fuzz;

/// <summary>Mutated streams against every kind of framing: no exception, no hang, progress or a bounded wait, not a byte allocated.</summary>
public sealed class FrameFuzz
{
    private const int Seed = 20_251_123;
    private const int Mutations = 1_000_000;

    private static readonly byte[][] Seeds =
    [
        "ST,GS,+ 12.5 kg\r\nUS,GS,+ 13.0 kg\r\n"u8.ToArray(),
        Convert.FromHexString("6803414243ABCD68034142430000"),
        "\u0002S1ABC\u0003\u0002S2DEF\u0003"u8.ToArray(),
    ];

    [Fact]
    public void Streams_of_any_bytes_end_in_frames_or_in_nothing()
    {
        FrameRule[] rules =
        [
            new() { End = "\r\n"u8.ToArray(), SizeMax = 64 },
            new() { Start = new byte[] { 0x68 }, Length = new LengthField(1, 1, false, 4), Checksum = new Checksum(ChecksumKind.Crc16Modbus, 0, true), SizeMax = 64 },
            new() { Start = new byte[] { 2 }, End = new byte[] { 3 }, Checksum = new Checksum(ChecksumKind.Xor, 1, AsHex: true), SizeMax = 64 },
            new() { FixedLength = 7, Checksum = new Checksum(ChecksumKind.Sum) },
            new() { Length = new LengthField(0, 2, true, -3), SizeMax = 64 },
        ];
        var mutations = new SeededMutations(Seed, Seeds);
        mutations.Next();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Mutations; i++)
        {
            ReadOnlySpan<byte> rest = mutations.Next();
            FrameRule rule = rules[i % rules.Length];
            while (rule.TryRead(rest, out int consumed, out _) != FrameResult.NeedMore)
            {
                if (consumed <= 0 || consumed > rest.Length)
                {
                    Assert.Fail($"no progress: {consumed} of {rest.Length}");
                }

                rest = rest[consumed..];
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
