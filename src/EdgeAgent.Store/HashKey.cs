using System.Runtime.InteropServices;

namespace EdgeAgent.Store;

/// <summary>A SHA-256 as a dictionary key.</summary>
internal readonly record struct HashKey(ulong A, ulong B, ulong C, ulong D)
{
    public static HashKey Of(ReadOnlySpan<byte> hash) => MemoryMarshal.Read<HashKey>(hash);
}
