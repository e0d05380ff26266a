using System.Security.Cryptography;
using System.Text;

namespace EdgeAgent.Core.Batches;

/// <summary>Proves that an agent knows a one-time enrolment token without sending it: HMAC-SHA256(token, public key), base64.</summary>
public static class EnrolmentProof
{
    public static string Create(string token, ReadOnlySpan<byte> publicKey) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), publicKey));

    /// <summary>Compares in constant time; false for a proof that is no base64.</summary>
    public static bool Verify(string proof, string token, ReadOnlySpan<byte> publicKey)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(proof, claimed, out int written)
            && written == HMACSHA256.HashSizeInBytes
            && CryptographicOperations.FixedTimeEquals(claimed, HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), publicKey));
    }
}
