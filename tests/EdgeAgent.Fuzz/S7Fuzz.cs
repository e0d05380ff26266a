using EdgeAgent.Protocols.S7;

namespace EdgeAgent.Fuzz;

/// <summary>Answers of a controller, damaged: refused or read, never an exception, never an allocation.</summary>
public sealed class S7Fuzz
{
    private const int Mutations = 1_000_000;

    [Fact]
    public void Damaged_answers_are_refused_or_read()
    {
        byte[][] seeds =
        [
            Convert.FromHexString("0300001B02F080320300000001000800000000F0000001000103C0"),
            Convert.FromHexString("0300001D02F0803203000000020002000800000401FF04002001020304"),
            Convert.FromHexString("0300002102F0803203000000030002000C00000402FF040018AABBCC000A000004"),
            Convert.FromHexString("0300001302F080320300000005000000008104"),
        ];
        S7ReadItem[][] items = [[], [new(S7Area.DataBlock, 10, 0, 4)], [new(S7Area.DataBlock, 10, 0, 3), new(S7Area.DataBlock, 99, 0, 4)], [new(S7Area.Flags, 0, 0, 2)]];
        byte[] buffer = new byte[80];
        byte[] data = new byte[16];
        var statuses = new S7ItemStatus[4];
        var random = new Random(20_261_122);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Mutations; i++)
        {
            byte[] seed = seeds[i & 3];
            seed.CopyTo(buffer, 0);
            int length = seed.Length;
            for (int edits = random.Next(1, 5); edits > 0; edits--)
            {
                buffer[random.Next(length)] = (byte)random.Next(256);
            }

            if (random.Next(4) == 0)
            {
                length = random.Next(length + 1);
            }

            ReadOnlySpan<byte> frame = buffer.AsSpan(0, length);
            if (length >= S7Frames.TpktBytes)
            {
                S7Frames.FrameLength(frame);
            }

            S7Frames.IsConnectConfirm(frame);
            S7Frames.TryReadSetup(frame, (ushort)((i & 3) + 1), out _);
            S7Frames.TryReadData(frame, (ushort)(i & 7), items[i & 3], data, statuses, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Damaged_status_lists_are_refused_or_read()
    {
        byte[] list = Convert.FromHexString(
            "0300004502F080320700000005000C0028000112081284010100000000FF09"
            + "002400110000001C0001000136455337203331352D32454831342D304142302000C000040001");
        Assert.True(S7Frames.TryReadStatusList(list, 5, 0x0011, out int recordBytes, out ReadOnlySpan<byte> records));
        Assert.Equal((28, 28), (recordBytes, records.Length));
        var mutations = new SeededMutations(20_261_125, [list]);
        int read = 0;
        mutations.Next();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Mutations; i++)
        {
            if (S7Frames.TryReadStatusList(mutations.Next(), 5, 0x0011, out recordBytes, out records))
            {
                read += recordBytes > 0 && records.Length % recordBytes == 0 ? 1 : 0;
            }
        }

        // Not one byte a frame; what little there is comes from the runtime, once.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
        Assert.True(read > 1000);
    }
}
