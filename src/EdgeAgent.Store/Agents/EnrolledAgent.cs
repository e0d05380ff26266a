using System.Security.Cryptography;

namespace EdgeAgent.Store.Agents;

/// <summary>What the registry knows about one agent.</summary>
/// <param name="PublicKey">The key that its batches are checked against (SubjectPublicKeyInfo); when pending, the one it asks for.</param>
/// <param name="NewKey">Another key that it showed later and that nobody approved, or null.</param>
/// <param name="Note">How the present status came about.</param>
public sealed record EnrolledAgent(
    AgentKey Agent,
    EnrolmentStatus Status,
    byte[] PublicKey,
    byte[]? NewKey,
    long FirstSeenTicks,
    long LastSeenTicks,
    string Note)
{
    /// <summary>The program's version that it says; empty before its first birth message.</summary>
    public string Version { get; init; } = "";

    /// <summary>Hash of what it collects, hexadecimal; empty before its first birth message.</summary>
    public string ConfigHash { get; init; } = "";

    /// <summary>How far its clock is ahead of this hub's, less the shortest way of a batch; null before the first batch.</summary>
    public long? ClockOffsetMs { get; init; }

    /// <summary>A short form of the key to compare by eye with what the agent prints: 16 hexadecimal digits of its SHA-256.</summary>
    public string Fingerprint => FingerprintOf(PublicKey);

    public static string FingerprintOf(ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, 8));
}
