using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EdgeAgent.Backup;

/// <summary>The envelope of an encrypted backup, written down in README.md beside this file.</summary>
internal static class SealedFormat
{
    public const int HeaderBytes = 5 + sizeof(int) + SaltBytes;
    public const int TagBytes = 16;
    public const int ChunkBytes = 64 << 10;

    /// <summary>What OWASP names for PBKDF2 with HMAC-SHA256; about a second on a small gateway.</summary>
    private const int Iterations = 600_000;

    private const int IterationsMost = 10_000_000;
    private const int SaltBytes = 16;
    private const int NonceBytes = 12;

    public static ReadOnlySpan<byte> Magic => "EABK1"u8;

    public static byte[] NewHeader()
    {
        byte[] header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(Magic.Length), Iterations);
        RandomNumberGenerator.Fill(header.AsSpan(HeaderBytes - SaltBytes));
        return header;
    }

    /// <summary>The cipher of a file; its key is the file's own, because the salt is.</summary>
    /// <exception cref="BackupException">The header makes no sense.</exception>
    public static AesGcm CipherOf(ReadOnlySpan<byte> header, string passphrase)
    {
        int iterations = BinaryPrimitives.ReadInt32BigEndian(header[Magic.Length..]);
        if (iterations is < 1 or > IterationsMost)
        {
            throw new BackupException("The backup is damaged: its header makes no sense.");
        }

        byte[] key = Rfc2898DeriveBytes.Pbkdf2(passphrase, header[^SaltBytes..], iterations, HashAlgorithmName.SHA256, 32);
        try
        {
            return new AesGcm(key, TagBytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Number and end mark are part of the nonce, so that chunks can neither be moved nor left out at the end.</summary>
    public static byte[] NonceOf(long chunk, bool isLast)
    {
        byte[] nonce = new byte[NonceBytes];
        BinaryPrimitives.WriteInt64BigEndian(nonce, chunk);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }
}
