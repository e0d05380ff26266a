namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>Whom to trust and who to be on a TLS connection. A CA file or a pinned certificate is required.</summary>
public sealed record MqttTlsOptions
{
    /// <summary>PEM file with the certificate authorities that may have signed the broker's certificate.</summary>
    public string? CaFile { get; init; }

    /// <summary>SHA-256 of the broker's certificate (DER) in hex; colons and case do not matter. Given alone, it is the only check.</summary>
    public string? PinnedSha256 { get; init; }

    /// <summary>PEM file with this client's certificate, for mutual TLS.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with the key of <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The name that the broker's certificate must carry; default: the host of the address.</summary>
    public string? ServerName { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (CaFile == null && PinnedSha256 == null)
        {
            yield return "TLS needs caFile or pinnedSha256: without one of them anybody could pose as the broker";
        }
        if (CaFile != null && !File.Exists(CaFile))
        {
            yield return $"the CA file \"{CaFile}\" does not exist";
        }
        if (PinnedSha256 != null && !TryParsePin(PinnedSha256, out _))
        {
            yield return "pinnedSha256 is not a SHA-256 in hex (64 digits)";
        }
        if ((CertificateFile == null) != (KeyFile == null))
        {
            yield return "certificateFile and keyFile go together; one of them is missing";
        }
        foreach (string? file in (string?[])[CertificateFile, KeyFile])
        {
            if (file != null && !File.Exists(file))
            {
                yield return $"the file \"{file}\" does not exist";
            }
        }
    }

    internal static bool TryParsePin(string text, out byte[] hash)
    {
        hash = [];
        string digits = text.Replace(":", "", StringComparison.Ordinal).Trim();
        if (digits.Length != 64 || !digits.All(char.IsAsciiHexDigit))
        {
            return false;
        }
        hash = Convert.FromHexString(digits);
        return true;
    }
}
