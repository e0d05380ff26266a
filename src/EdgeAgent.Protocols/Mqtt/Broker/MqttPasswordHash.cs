using System.Globalization;
using System.Security.Cryptography;

namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>A salted, slow hash of a password (PBKDF2 with SHA-256), as text: pbkdf2-sha256$iterations$salt$hash in base64.</summary>
public static class MqttPasswordHash
{
    // About 30 ms on a gateway: slow for a thief, bearable for a thousand clients that come back after an outage.
    private const int Iterations = 100_000;
    private const int SaltSizeBytes = 16;
    private const int HashSizeBytes = 32;
    private const string Scheme = "pbkdf2-sha256";

    public static string Create(ReadOnlySpan<byte> password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltSizeBytes);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, HashSizeBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>Compares in constant time; false for a text that is no such hash.</summary>
    public static bool Verify(string text, ReadOnlySpan<byte> password)
    {
        string[] parts = text.Split('$');
        if (parts.Length != 4 || parts[0] != Scheme || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out int iterations) || iterations < 1)
        {
            return false;
        }
        byte[] salt = new byte[parts[2].Length];
        byte[] expected = new byte[parts[3].Length];
        if (!Convert.TryFromBase64String(parts[2], salt, out int saltSize) || !Convert.TryFromBase64String(parts[3], expected, out int hashSize)
            || hashSize == 0)
        {
            return false;
        }
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(password, salt.AsSpan(0, saltSize), iterations, HashAlgorithmName.SHA256, hashSize);
        return CryptographicOperations.FixedTimeEquals(hash, expected.AsSpan(0, hashSize));
    }
}
