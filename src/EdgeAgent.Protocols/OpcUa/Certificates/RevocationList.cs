using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Protocols.OpcUa.Certificates;

/// <summary>A certificate revocation list (RFC 5280 §5): who it is from, and which serial numbers it calls back.</summary>
internal sealed class RevocationList
{
    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly string _algorithm;
    private readonly HashSet<string> _serials;

    private RevocationList(byte[] issuer, byte[] signed, byte[] signature, string algorithm, HashSet<string> serials)
    {
        Issuer = issuer;
        _signed = signed;
        _signature = signature;
        _algorithm = algorithm;
        _serials = serials;
    }

    /// <summary>The encoded name of the issuer.</summary>
    public byte[] Issuer { get; }

    /// <summary>Null when the bytes are no such list.</summary>
    public static RevocationList? TryRead(byte[] der)
    {
        try
        {
            AsnReader list = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            byte[] signed = list.ReadEncodedValue().ToArray();
            string algorithm = list.ReadSequence().ReadObjectIdentifier();
            byte[] signature = list.ReadBitString(out _);
            AsnReader fields = new AsnReader(signed, AsnEncodingRules.DER).ReadSequence();
            if (fields.PeekTag() == Asn1Tag.Integer)
            {
                fields.ReadInteger(); // the version
            }
            fields.ReadSequence(); // the algorithm again
            byte[] issuer = fields.ReadEncodedValue().ToArray();
            SkipTime(fields);
            if (fields.HasData && IsTime(fields.PeekTag()))
            {
                SkipTime(fields);
            }
            var serials = new HashSet<string>();
            if (fields.HasData && fields.PeekTag() == Asn1Tag.Sequence)
            {
                AsnReader revoked = fields.ReadSequence();
                while (revoked.HasData)
                {
                    serials.Add(Convert.ToHexString(revoked.ReadSequence().ReadIntegerBytes().Span));
                }
            }
            return new RevocationList(issuer, signed, signature, algorithm, serials);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>Whether the issuer really signed it.</summary>
    public bool IsSignedBy(X509Certificate2 issuer)
    {
        using RSA? rsa = issuer.GetRSAPublicKey();
        using ECDsa? curve = issuer.GetECDsaPublicKey();
        return _algorithm switch
        {
            "1.2.840.113549.1.1.11" => Verifies(rsa, HashAlgorithmName.SHA256),
            "1.2.840.113549.1.1.12" => Verifies(rsa, HashAlgorithmName.SHA384),
            "1.2.840.113549.1.1.13" => Verifies(rsa, HashAlgorithmName.SHA512),
            "1.2.840.10045.4.3.2" => curve?.VerifyData(_signed, _signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) ?? false,
            "1.2.840.10045.4.3.3" => curve?.VerifyData(_signed, _signature, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence) ?? false,
            _ => false,
        };
    }

    public bool Revokes(X509Certificate2 certificate) => _serials.Contains(Convert.ToHexString(certificate.SerialNumberBytes.Span));

    private bool Verifies(RSA? key, HashAlgorithmName hash) => key?.VerifyData(_signed, _signature, hash, RSASignaturePadding.Pkcs1) ?? false;

    private static bool IsTime(Asn1Tag tag) => tag == Asn1Tag.UtcTime || tag == Asn1Tag.GeneralizedTime;

    private static void SkipTime(AsnReader fields) => fields.ReadEncodedValue();
}
