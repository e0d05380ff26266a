using System.Security.Cryptography;

namespace EdgeAgent.Protocols.OpcUa.Security;

/// <summary>P_SHA256 of RFC 5246 §5: as many key bytes as wanted from a secret and a seed.</summary>
internal static class KeyDerivation
{
    private const int HashBytes = 32;

    public static void PSha256(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        // A(i) = HMAC(secret, A(i-1)), A(0) = seed; output = HMAC(secret, A(1) + seed) + HMAC(secret, A(2) + seed) + ...
        byte[] input = new byte[HashBytes + seed.Length];
        Span<byte> a = input.AsSpan(0, HashBytes);
        seed.CopyTo(input.AsSpan(HashBytes));
        Span<byte> block = stackalloc byte[HashBytes];
        HMACSHA256.HashData(secret, seed, a);
        while (!output.IsEmpty)
        {
            HMACSHA256.HashData(secret, input, block);
            int count = Math.Min(HashBytes, output.Length);
            block[..count].CopyTo(output);
            output = output[count..];
            HMACSHA256.HashData(secret, a, block);
            block.CopyTo(a);
        }
        CryptographicOperations.ZeroMemory(input);
        CryptographicOperations.ZeroMemory(block);
    }
}
