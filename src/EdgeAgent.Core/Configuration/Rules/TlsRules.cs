namespace EdgeAgent.Core.Configuration;

/// <summary>Rules for certificates and keys in files.</summary>
internal static class TlsRules
{
    public static void Check(TlsConfig tls, ConfigPath path, ConfigErrors errors)
    {
        CheckFile(tls.CaFile, path.Member("caFile"), errors);
        CheckPair(tls.CertificateFile, tls.KeyFile, path, errors);
        if (tls.PinnedSha256 is { } pin && !IsPin(pin))
        {
            errors.Add(path.Member("pinnedSha256"), "not a SHA-256", "64 hexadecimal digits, colons allowed", "openssl x509 -noout -fingerprint -sha256 -in cert.pem");
        }
    }

    public static void CheckPair(string? certificate, string? key, ConfigPath path, ConfigErrors errors)
    {
        CheckFile(certificate, path.Member("certificateFile"), errors);
        CheckFile(key, path.Member("keyFile"), errors);
        if (certificate is null != key is null)
        {
            errors.Add(path.Member(certificate is null ? "keyFile" : "certificateFile"), "one of certificateFile and keyFile without the other", "both or neither", "add the other one");
        }
    }

    public static void CheckFile(string? file, ConfigPath path, ConfigErrors errors)
    {
        if (file is not null && !File.Exists(file))
        {
            errors.Add(path, $"file {file} does not exist", "an existing file", "check the path; relative paths start at the configuration file");
        }
    }

    private static bool IsPin(string pin)
    {
        int digits = pin.Count(char.IsAsciiHexDigit);
        return digits == 64 && digits + pin.Count(static c => c == ':') == pin.Length;
    }
}
