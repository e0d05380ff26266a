namespace EdgeAgent.Core.Batches.Wire;

/// <summary>Protobuf's mapping of signed numbers to unsigned ones, small in magnitude to small.</summary>
internal static class ZigZag
{
    public static ulong Encode(long value) => ((ulong)value << 1) ^ (ulong)(value >> 63);

    public static long Decode(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
