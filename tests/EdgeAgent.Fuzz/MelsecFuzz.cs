using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Fuzz;

/// <summary>Answers of a controller, damaged: refused or read, never an exception, never an allocation.</summary>
public sealed class MelsecFuzz
{
    private const int Mutations = 1_000_000;

    [Fact]
    public void Damaged_answers_are_refused_or_read()
    {
        var options = new MelsecClientOptions { Host = "h", Port = 1 };
        byte[][] seeds = [Convert.FromHexString("D00000FFFF03000600000034120200"), Convert.FromHexString("D00000FFFF03000B0056C00000FFFF03000104"), Convert.FromHexString("810034127856"), Convert.FromHexString("815B1000")];
        byte[] buffer = new byte[40];
        byte[] words = new byte[4];
        var random = new Random(20_261_122);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Mutations; i++)
        {
            byte[] seed = seeds[i & 3];
            seed.CopyTo(buffer, 0);
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                buffer[random.Next(seed.Length)] = (byte)random.Next(256);
            }

            int length3 = MelsecFrames.BodyLength3E(buffer.AsSpan(0, MelsecFrames.HeaderBytes3E), options);
            if (length3 >= 0)
            {
                MelsecFrames.TryRead3E(buffer.AsSpan(MelsecFrames.HeaderBytes3E, Math.Min(length3, buffer.Length - MelsecFrames.HeaderBytes3E)), words, out _);
            }

            int length1 = MelsecFrames.BodyLength1E(buffer.AsSpan(0, MelsecFrames.HeaderBytes1E), 2);
            if (length1 >= 0)
            {
                MelsecFrames.TryRead1E(buffer.AsSpan(0, 2), buffer.AsSpan(2, random.Next(length1 + 1)), words, out _);
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
