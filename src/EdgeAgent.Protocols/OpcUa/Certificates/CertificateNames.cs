using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Protocols.OpcUa.Certificates;

/// <summary>The names in a certificate's subject alternative name: its application's URI, its hosts.</summary>
internal sealed record CertificateNames(string? ApplicationUri, IReadOnlyList<string> Hosts)
{
    private const string AlternativeName = "2.5.29.17";

    // Tags of GeneralName (RFC 5280 §4.2.1.6).
    private const int DnsTag = 2;
    private const int UriTag = 6;
    private const int AddressTag = 7;

    /// <summary>What cannot be read counts as not there.</summary>
    public static CertificateNames Of(X509Certificate2 certificate)
    {
        string? uri = null;
        var hosts = new List<string>();
        try
        {
            if (certificate.Extensions[AlternativeName] is { } extension)
            {
                AsnReader names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
                while (names.HasData)
                {
                    Asn1Tag tag = names.PeekTag();
                    switch (tag.TagClass == TagClass.ContextSpecific ? tag.TagValue : -1)
                    {
                        case UriTag:
                            string text = names.ReadCharacterString(UniversalTagNumber.IA5String, tag);
                            uri ??= text;
                            break;
                        case DnsTag:
                            hosts.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                            break;
                        case AddressTag:
                            hosts.Add(new IPAddress(names.ReadOctetString(tag)).ToString());
                            break;
                        default:
                            names.ReadEncodedValue();
                            break;
                    }
                }
            }
        }
        catch (Exception e) when (e is AsnContentException or ArgumentException or CryptographicException)
        {
            // Names that are no names.
        }
        return new CertificateNames(uri, hosts);
    }

    /// <summary>Whether a host, a name or an address, is among them; names regardless of case, and with a wildcard as first label.</summary>
    public bool HasHost(string host) => Hosts.Any(h => string.Equals(h, host, StringComparison.OrdinalIgnoreCase)
        || (h.StartsWith("*.", StringComparison.Ordinal) && host.IndexOf('.') is > 0 and var dot && string.Equals(h[1..], host[dot..], StringComparison.OrdinalIgnoreCase)));
}
