using System.Buffers.Binary;

namespace EdgeAgent.Assessment.Evidence.Chains;

/// <summary>Which batches a device's raw samples come from: those with the lowest rank, and the rank follows from the seed and the batch's hash.</summary>
/// <remarks>The seed rests on the newest batch of every chain and on the pack before, so that nobody knows it before the last reading is signed.
/// The mixing is that of SplitMix64: it spreads evenly, and need not be hard to turn round, because the seed is.</remarks>
internal readonly struct SampleDraw
{
    /// <summary>Raw readings shown of each device.</summary>
    public const int PerDevice = 10;

    private readonly ulong _a, _b, _c, _d;

    /// <param name="seed">32 bytes.</param>
    public SampleDraw(ReadOnlySpan<byte> seed)
    {
        _a = BinaryPrimitives.ReadUInt64BigEndian(seed);
        _b = BinaryPrimitives.ReadUInt64BigEndian(seed[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(seed[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(seed[24..]);
    }

    /// <param name="batchHash">32 bytes.</param>
    public ulong Rank(ReadOnlySpan<byte> batchHash, int deviceId) =>
        Mix(Mix(_a ^ BinaryPrimitives.ReadUInt64BigEndian(batchHash)) ^ _b ^ BinaryPrimitives.ReadUInt64BigEndian(batchHash[8..]) ^ ((ulong)(uint)deviceId << 1));

    /// <summary>Which of the device's readings in the batch.</summary>
    public int Pick(ulong rank, int count) => (int)(Mix(rank ^ _c ^ (_d << 1)) % (ulong)count);

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
