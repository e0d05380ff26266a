using System.Security.Cryptography;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>The public keys that a person brings to a verification, got by another way than the pack.</summary>
public sealed class VerificationKeys
{
    private readonly List<byte[]> _keys = [];

    /// <summary>SubjectPublicKeyInfo of each key.</summary>
    public IReadOnlyList<byte[]> All => _keys;

    /// <summary>Adds every key of a PEM text.</summary>
    /// <exception cref="CryptographicException">There is none, or one is no ECDSA P-256 public key.</exception>
    public void AddPem(string pem)
    {
        int before = _keys.Count;
        ReadOnlySpan<char> rest = pem;
        while (PemEncoding.TryFind(rest, out PemFields fields))
        {
            if (rest[fields.Label].SequenceEqual("PUBLIC KEY"))
            {
                Add(Convert.FromBase64String(rest[fields.Base64Data].ToString()));
            }

            rest = rest[fields.Location.End..];
        }

        if (_keys.Count == before)
        {
            throw new CryptographicException("it holds no public key in PEM form (BEGIN PUBLIC KEY)");
        }
    }

    /// <exception cref="CryptographicException">It is no ECDSA P-256 public key.</exception>
    public void Add(byte[] publicKey)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        if (key.KeySize != 256)
        {
            throw new CryptographicException("the key is not an ECDSA key on P-256");
        }

        _keys.Add(publicKey);
    }

    public bool Has(ReadOnlySpan<byte> publicKey)
    {
        foreach (byte[] key in _keys)
        {
            if (publicKey.SequenceEqual(key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one of the keys made the signature over the hash.</summary>
    public bool Verifies(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        foreach (byte[] publicKey in _keys)
        {
            using ECDsa key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(publicKey, out _);
            if (key.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
            {
                return true;
            }
        }

        return false;
    }
}
